package io.phyla.search.run;

import io.phyla.search.candidate.Candidate;
import io.phyla.search.candidate.Cause;
import io.phyla.search.candidate.FinalEvaluation;
import io.phyla.search.candidate.Subject;
import io.phyla.search.document.SearchSetup;
import io.phyla.search.port.EvaluatorPool;
import io.phyla.search.port.EvaluatorPool.Outcome;
import io.phyla.search.port.Journal.Entry.CandidateDone;
import io.phyla.search.port.Journal.Entry.FinalDone;
import io.phyla.spaces.Genome;
import io.phyla.spaces.Key;
import io.phyla.spaces.SearchSpace;
import io.phyla.spaces.schema.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The last phase: the best candidates and the yardsticks are evaluated again with seeds that nothing was chosen by. What is
 * evaluated follows from the document and from durable candidates alone, so a later process goes on where this one ended.
 */
final class Finish {

    private static final SearchSetup.Finish NOTHING = new SearchSetup.Finish(0, 0, List.of(), List.of(), List.of());

    private final SearchSetup setup;
    private final SearchSetup.Finish wanted;
    private final EvaluatorPool.Batch batch;
    private final Finalists finalists;
    private final Set<Long> over = new HashSet<>();
    private final Map<Long, Item> inFlight = new HashMap<>();
    private @Nullable List<Item> plan;
    private int handedOut;

    Finish(String id, SearchSetup setup) {
        this.setup = setup;
        wanted = setup.finish() == null ? NOTHING : setup.finish();
        batch = Batches.of(id, setup, wanted);
        finalists = new Finalists(wanted.best(), setup.objectives());
    }

    /** One evaluation to make; the number is its place in the order in which they are handed out. */
    private record Item(long number, Subject subject, Genome genome, int place, int repetition, long seed) {

        boolean of(FinalEvaluation it) {
            return subject.equals(it.subject()) && repetition == it.repetition();
        }
    }

    boolean wanted() {
        return wanted != NOTHING;
    }

    EvaluatorPool.Batch batch() {
        return batch;
    }

    /** Takes a durable candidate. */
    void take(CandidateDone done, double[] gains) {
        finalists.add(done, gains);
    }

    /** Takes over what an earlier process evaluated; every candidate came before. */
    void replay(FinalDone done) {
        FinalEvaluation it = done.evaluation();
        plan().stream().filter(each -> each.of(it)).forEach(each -> over.add(each.number()));
    }

    /** Takes what has become durable. */
    void settle(FinalDone done) {
        inFlight.values().removeIf(each -> each.of(done.evaluation()));
    }

    /** Every subject's first evaluation comes before anybody's second: whoever looks early compares equal numbers. */
    private List<Item> plan() {
        if (plan == null) {
            List<Item> items = new ArrayList<>();
            for (int repetition = 0; repetition < wanted.seeds(); repetition++) {
                int place = 0;
                for (Candidate each : finalists.best()) {
                    items.add(item(
                            items.size(),
                            Subject.candidate(each.number()),
                            each.genome(),
                            each.key(),
                            place++,
                            repetition));
                }
                for (String name : wanted.yardsticks()) {
                    items.add(item(items.size(), Subject.yardstick(name), Genome.of(), key(name), place++, repetition));
                }
            }
            plan = List.copyOf(items);
        }
        return plan;
    }

    private Item item(long number, Subject subject, Genome genome, Key key, int place, int repetition) {
        long seed = RandomStreams.finalSeed(setup.document().seed(), key, repetition);
        return new Item(number, subject, genome, place, repetition, seed);
    }

    private Key key(String yardstick) {
        SearchSpace space = setup.space();
        return Key.of(space.name() + Json.MAPPER.valueToTree(space.parameters()) + "\nyardstick " + yardstick);
    }

    /** The next evaluations, until as many as a window are out. */
    List<EvaluatorPool.Task> next() {
        List<EvaluatorPool.Task> tasks = new ArrayList<>();
        while (handedOut < plan().size() && inFlight.size() < setup.document().window()) {
            Item item = plan().get(handedOut++);
            if (!over.contains(item.number())) {
                inFlight.put(item.number(), item);
                String yardstick = item.subject().isYardstick() ? item.subject().name() : null;
                tasks.add(new EvaluatorPool.Task(batch, item.number(), item.genome(), item.seed(), yardstick));
            }
        }
        return tasks;
    }

    /** What came back from a worker; empty if nobody waits for it any more. */
    Optional<FinalEvaluation> back(long number, Outcome outcome, long now) {
        Item item = inFlight.get(number);
        if (item == null || !over.add(number)) {
            return Optional.empty();
        }
        return Optional.of(
                switch (outcome) {
                    case Outcome.Measured measured -> measured(item, measured, now);
                    case Outcome.Failed failed ->
                        new FinalEvaluation(
                                item.subject(),
                                item.place(),
                                item.repetition(),
                                item.seed(),
                                Map.of(),
                                failed.cause(),
                                0,
                                new Candidate.Work(failed.attempt(), failed.worker(), failed.milliseconds(), now));
                });
    }

    private FinalEvaluation measured(Item item, Outcome.Measured measured, long now) {
        Map<String, Double> values = new TreeMap<>();
        measured.values().forEach((metric, value) -> {
            if (wanted.metrics().contains(metric) && Double.isFinite(value)) {
                values.put(metric, value);
            }
        });
        boolean counted = Double.isFinite(measured.cost()) && measured.cost() >= 0;
        return new FinalEvaluation(
                item.subject(),
                item.place(),
                item.repetition(),
                item.seed(),
                values,
                counted ? undefined(values) : Results.uncounted(measured.cost()),
                counted ? measured.cost() : 0,
                new Candidate.Work(measured.attempt(), measured.worker(), measured.milliseconds(), now));
    }

    private @Nullable Cause undefined(Map<String, Double> values) {
        return wanted.metrics().stream()
                .filter(metric -> !values.containsKey(metric))
                .findFirst()
                .map(metric -> new Cause(Cause.Kind.NON_FINITE, "metric " + metric + " is undefined for this design"))
                .orElse(null);
    }

    int over() {
        return over.size();
    }

    int total() {
        return plan().size();
    }

    int inFlight() {
        return inFlight.size();
    }

    /** Forgets what is being evaluated. */
    void drop() {
        inFlight.clear();
    }

    Live.Finishing view() {
        List<Subject> subjects = plan().stream()
                .filter(each -> each.repetition() == 0)
                .map(Item::subject)
                .toList();
        return new Live.Finishing(subjects, over(), total());
    }
}
