package io.phyla.search.run;

import io.phyla.search.candidate.Candidate;
import io.phyla.search.document.SearchSetup;
import io.phyla.search.port.EvaluatorPool;
import io.phyla.search.port.EvaluatorPool.Outcome;
import io.phyla.search.port.Journal;
import io.phyla.search.port.Journal.Entry;
import io.phyla.search.port.Journal.Entry.CandidateDone;
import io.phyla.search.port.Journal.Entry.FinalDone;
import io.phyla.search.port.Journal.Entry.StateChanged;
import io.phyla.search.progress.RateMeter;
import io.phyla.search.progress.SearchState;
import io.phyla.search.run.Proposals.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One search's thread: everything that happens to the search comes through its mailbox, so its state needs no lock. A
 * result is journaled as it arrives, and becomes visible (to the strategy, to listeners) when it is durable.
 */
final class RunLoop implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(RunLoop.class);
    private static final long HEARTBEAT_MILLIS = 200;

    /** After so many proposals the mailbox is looked at, however many more are possible. */
    private static final int MOST_AT_ONCE = 256;

    private final String id;
    private final SearchSetup setup;
    private final Journal journal;
    private final EvaluatorPool pool;
    private final Consumer<Committed> listener;
    private final Proposals proposals;
    private final Books books;
    private final Finish finish;
    private final Results results;
    private final EvaluatorPool.Batch batch;
    private final RateMeter meter = new RateMeter();
    private final LinkedBlockingQueue<Message> mailbox = new LinkedBlockingQueue<>();
    private final Map<Long, Step.Evaluate> inFlight = new HashMap<>();
    private final Set<Long> returned = new HashSet<>();
    private final List<Entry> fresh = new ArrayList<>();

    private long runningSince = System.nanoTime();
    private double secondsBefore;
    private int undurable;
    private long durable;
    private @Nullable String ending;
    private boolean stopped;
    private volatile @Nullable String halted;
    private volatile Live live;

    RunLoop(
            String id,
            SearchSetup setup,
            Journal journal,
            EvaluatorPool pool,
            Consumer<Committed> listener,
            Proposals proposals,
            Books books,
            Finish finish) {
        this.id = id;
        this.setup = setup;
        this.journal = journal;
        this.pool = pool;
        this.listener = listener;
        this.proposals = proposals;
        this.books = books;
        this.finish = finish;
        results = new Results(setup);
        batch = Batches.of(id, setup);
        secondsBefore = books.summary().seconds();
        durable = books.sequence();
        ending = books.searched();
        live = view();
    }

    /** What can happen to a search. */
    private sealed interface Message {

        record Back(long number, Outcome outcome) implements Message {}

        record FinalBack(long number, Outcome outcome) implements Message {}

        record Durable(List<Entry> entries) implements Message {}

        record JournalFailed(Throwable fault) implements Message {}

        record Wish(SearchState state) implements Message {}

        record Stop() implements Message {}
    }

    Live live() {
        return live;
    }

    /** Asks for another state; what is not possible any more is ignored. */
    void wish(SearchState state) {
        mailbox.add(new Message.Wish(state));
    }

    /** Leaves the search as it is, to be taken up by the next start. */
    void stop() {
        mailbox.add(new Message.Stop());
    }

    @Override
    public void run() {
        try {
            if (books.sequence() == 0) {
                enter(SearchState.RUNNING, null);
            }
            while (!stopped && halted == null && !(books.state().ended() && fresh.isEmpty() && undurable == 0)) {
                try {
                    step();
                } catch (RuntimeException | Error e) {
                    fail(e);
                }
            }
            if (halted == null) {
                flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            drop();
            live = view();
        }
    }

    private void step() throws InterruptedException {
        boolean more = propose();
        flush();
        live = view();
        Message message = more ? mailbox.poll() : mailbox.poll(HEARTBEAT_MILLIS, TimeUnit.MILLISECONDS);
        while (message != null) {
            handle(message);
            message = mailbox.poll();
        }
    }

    /** Whether more can be proposed at once. */
    private boolean propose() {
        Double seconds = setup.document().budget().seconds();
        if (ending == null && proposing() && seconds != null && seconds() >= seconds && !proposals.recovering()) {
            ending = "seconds";
        }
        for (int i = 0; i < MOST_AT_ONCE && ending == null && proposing(); i++) {
            switch (proposals.next()) {
                case Step.Wait _ -> {
                    saveSnapshot();
                    return false;
                }
                case Step.Rest _ -> {
                    return true;
                }
                case Step.End end -> ending = end.reason();
                case Step.Settle settle -> enter(settle.candidate());
                case Step.Evaluate evaluate -> evaluate(evaluate);
            }
        }
        if (books.state() == SearchState.FINISHING) {
            finish.next().forEach(this::evaluate);
        }
        if (ending != null && inFlight.isEmpty() && fresh.isEmpty() && undurable == 0) {
            end(ending);
        }
        return ending == null && proposing();
    }

    /** Everything that was proposed is durable: the last phase begins, or the search has ended. */
    private void end(String reason) {
        switch (books.state()) {
            case RUNNING -> enter(finish.wanted() ? SearchState.FINISHING : SearchState.FINISHED, reason);
            case PAUSED -> {
                if (!finish.wanted()) {
                    enter(SearchState.FINISHED, reason);
                }
            }
            case FINISHING -> {
                if (finish.over() == finish.total()) {
                    enter(SearchState.FINISHED, reason);
                }
            }
            case FINISHED, CANCELLED, FAILED -> {
                // It has ended otherwise.
            }
        }
    }

    private boolean proposing() {
        return books.state() == SearchState.RUNNING;
    }

    private void evaluate(Step.Evaluate step) {
        inFlight.put(step.number(), step);
        long seed = RandomStreams.evaluationSeed(setup.document().seed(), step.key());
        pool.submit(
                new EvaluatorPool.Task(batch, step.number(), step.proposal().genome(), seed),
                outcome -> mailbox.add(new Message.Back(step.number(), outcome)));
    }

    private void evaluate(EvaluatorPool.Task task) {
        pool.submit(task, outcome -> mailbox.add(new Message.FinalBack(task.number(), outcome)));
    }

    private void handle(Message message) {
        switch (message) {
            case Message.Back back -> {
                Step.Evaluate asked = inFlight.remove(back.number());
                if (asked != null && !books.state().ended()) {
                    returned.add(back.number());
                    enter(results.candidate(asked, back.outcome(), System.currentTimeMillis()));
                }
            }
            case Message.FinalBack back ->
                finish.back(back.number(), back.outcome(), System.currentTimeMillis())
                        .ifPresent(each -> fresh.add(books.enter(each, finish.over(), finish.total())));
            case Message.Durable committed -> {
                undurable -= committed.entries().size();
                committed.entries().forEach(this::committed);
            }
            case Message.JournalFailed failed -> halt(failed.fault());
            case Message.Wish wish -> change(wish.state());
            case Message.Stop _ -> stopped = true;
        }
    }

    private void committed(Entry entry) {
        durable = entry.sequence();
        switch (entry) {
            case CandidateDone done -> {
                double[] gains = books.gains(done.candidate());
                returned.remove(done.candidate().number());
                proposals.settle(done.candidate(), gains);
                finish.take(done, gains);
            }
            case FinalDone done -> finish.settle(done);
            case StateChanged _ -> {
                // The books know it.
            }
        }
        try {
            listener.accept(new Committed(id, entry));
        } catch (RuntimeException e) {
            LOG.error("search {}: a listener did not take entry {}", id, entry.sequence(), e);
        }
    }

    private void change(SearchState wanted) {
        SearchState now = books.state();
        if (now.ended() || now == wanted) {
            return;
        }
        switch (wanted) {
            case PAUSED -> enter(SearchState.PAUSED, null);
            case RUNNING -> goOn();
            case CANCELLED -> {
                drop();
                enter(SearchState.CANCELLED, "cancelled");
            }
            case FINISHING, FINISHED, FAILED -> throw new IllegalArgumentException("nobody can wish for " + wanted);
        }
    }

    private void goOn() {
        if (books.searched() == null) {
            runningSince = System.nanoTime();
            enter(SearchState.RUNNING, null);
        } else if (books.state() == SearchState.PAUSED) {
            enter(SearchState.FINISHING, books.searched());
        }
    }

    private void enter(Candidate candidate) {
        fresh.add(books.enter(candidate, seconds()));
    }

    private void enter(SearchState state, @Nullable String reason) {
        fresh.add(books.enter(state, reason, seconds(), System.currentTimeMillis()));
        if (!proposing()) {
            secondsBefore = books.summary().seconds();
        }
    }

    private void flush() {
        if (fresh.isEmpty()) {
            return;
        }
        List<Entry> entries = List.copyOf(fresh);
        fresh.clear();
        undurable += entries.size();
        try {
            journal.append(id, entries)
                    .whenComplete((_, fault) -> mailbox.add(
                            fault == null ? new Message.Durable(entries) : new Message.JournalFailed(fault)));
        } catch (RuntimeException e) {
            halt(e);
        }
    }

    /** A snapshot only makes the next start quicker; whether the journal still takes entries shows when there are some. */
    private void saveSnapshot() {
        proposals.takeSnapshot().ifPresent(state -> {
            try {
                journal.save(id, new Journal.Snapshot(durable, state));
            } catch (RuntimeException e) {
                LOG.warn("search {}: its snapshot at entry {} was not kept", id, durable, e);
            }
        });
    }

    private double seconds() {
        return books.state() == SearchState.RUNNING
                ? secondsBefore + (System.nanoTime() - runningSince) / 1e9
                : secondsBefore;
    }

    private Live view() {
        long count = books.summary().evaluations();
        return new Live(
                books.state(),
                books.reason(),
                books.summary(),
                durable,
                inFlight.size() + returned.size() + finish.inFlight(),
                meter.rate(System.nanoTime(), count),
                books.searched() == null ? null : finish.view(),
                halted);
    }

    /** Ends the search by a fault; what happened before is kept, and its end is journaled like any other. */
    private void fail(Throwable fault) {
        LOG.error("search {} cannot go on", id, fault);
        if (books.state().ended()) {
            halt(fault);
        } else {
            enter(SearchState.FAILED, "failed: " + what(fault));
            drop();
        }
    }

    /** Stands still in this process, for the journal takes nothing: the next one takes the search up where it ends. */
    private void halt(Throwable fault) {
        LOG.error("search {}: the journal takes no entries", id, fault);
        halted = what(fault);
        fresh.clear();
    }

    private static String what(Throwable fault) {
        return fault.getMessage() == null ? fault.toString() : fault.getMessage();
    }

    /** Forgets what is being evaluated. */
    private void drop() {
        inFlight.clear();
        returned.clear();
        finish.drop();
        pool.withdraw(batch);
        pool.withdraw(finish.batch());
    }
}
