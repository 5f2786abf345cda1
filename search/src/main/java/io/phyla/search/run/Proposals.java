package io.phyla.search.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.search.candidate.Candidate;
import io.phyla.search.candidate.CandidateState;
import io.phyla.search.candidate.Cause;
import io.phyla.search.document.SearchDocument.Budget;
import io.phyla.search.document.SearchSetup;
import io.phyla.search.port.Journal.Snapshot;
import io.phyla.search.strategy.Strategy;
import io.phyla.search.strategy.Strategy.Proposal;
import io.phyla.spaces.Genome;
import io.phyla.spaces.Key;
import io.phyla.spaces.schema.Json;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What to propose next: a pure, single-threaded state that depends on the document and on durable results alone. Results
 * arrive in any order and are told to the strategy in order of number, exactly as far as the next proposal may see.
 */
final class Proposals {

    static final int SNAPSHOT_EVERY = 10_000;

    private final SearchSetup setup;
    private final int snapshotEvery;
    private final Strategy strategy;
    private final Draws draws;
    private final Results results;
    private final BigInteger size;
    private final Map<Key, Known> known = new HashMap<>();
    private final Map<Long, Settled> settled = new HashMap<>();
    private final Map<Long, Recovered> recovered = new HashMap<>();
    private final Map<Long, Candidate> untold = new HashMap<>();

    private long next;
    private long told;
    private long settledBelow;
    private long evaluations;
    private int idle;
    private double costTold;
    private @Nullable Held held;

    Proposals(SearchSetup setup) {
        this(setup, SNAPSHOT_EVERY);
    }

    Proposals(SearchSetup setup, int snapshotEvery) {
        this.setup = setup;
        this.snapshotEvery = snapshotEvery;
        strategy = setup.newStrategy();
        draws = new Draws(setup, strategy);
        results = new Results(setup);
        size = setup.space().size();
    }

    /** The first candidate of a key, and its objectives once they are known. */
    private static final class Known {
        private final long number;
        private double[] gains = new double[0];
        private double cost;

        private Known(long number) {
            this.number = number;
        }
    }

    /** A durable result that the strategy has not been told yet; a duplicate's gains are its original's. */
    private record Settled(Genome genome, @Nullable Known of, CandidateState state) {}

    /** A candidate from before this process started, not yet passed again. */
    private record Recovered(Candidate candidate, double[] gains) {}

    /** A snapshot that may be saved once everything below its number is durable. */
    private record Held(long number, String state) {}

    /** Whether candidates of an earlier process lie ahead, so that stopping here would leave a gap before them. */
    boolean recovering() {
        return !recovered.isEmpty();
    }

    /** What to do next. */
    sealed interface Step {

        /** Nothing before further results are durable. */
        record Wait() implements Step {}

        /** Nothing ever again, for this reason. */
        record End(String reason) implements Step {}

        /** More, but there may be something else to look at first. */
        record Rest() implements Step {}

        /** A candidate that needs no evaluation. */
        record Settle(Candidate candidate) implements Step {}

        /** A candidate to be evaluated. */
        record Evaluate(
                long number, Key key, Proposal proposal, Map<String, Integer> screened, Map<String, Double> cheap)
                implements Step {}
    }

    Step next() {
        if (draws.resting()) {
            return propose();
        }
        while (true) {
            if (!tellBelow(strategy.visible(next))) {
                return new Step.Wait();
            }
            if (next > 0 && next % snapshotEvery == 0 && held == null && !recovered.containsKey(next)) {
                held = new Held(next, snapshot());
            }
            Optional<String> end = end();
            Recovered before = recovered.remove(next);
            if (before != null) {
                pass(before);
            } else {
                return end.<Step>map(Step.End::new).orElseGet(this::propose);
            }
        }
    }

    private Optional<String> end() {
        Budget budget = setup.document().budget();
        if (budget.evaluations() != null && evaluations >= budget.evaluations()) {
            return Optional.of("evaluations");
        }
        if (budget.cost() != null && costTold >= budget.cost()) {
            return Optional.of("cost");
        }
        boolean seenAll = size.bitLength() < Long.SIZE && known.size() >= size.longValueExact();
        return idle >= budget.patience() || seenAll ? Optional.of("exhausted") : Optional.empty();
    }

    private Step propose() {
        return switch (draws.draw(next)) {
            case Draws.Drawn.Rest _ -> new Step.Rest();
            case Draws.Drawn.Rejected rejected -> {
                idle++;
                Key key = setup.space().key(rejected.proposal().genome());
                yield new Step.Settle(candidate(
                        next++, key, rejected.proposal(), CandidateState.REJECTED, rejected.cause(), null, rejected.screened()));
            }
            case Draws.Drawn.Found found -> found(next++, found);
        };
    }

    private Step found(long number, Draws.Drawn.Found found) {
        Known original = known.get(found.key());
        if (original != null) {
            idle++;
            return new Step.Settle(candidate(
                    number, found.key(), found.proposal(), CandidateState.DUPLICATE, null, original.number, found.screened()));
        }
        count(number, found.key());
        Map<String, Double> cheap = setup.cheap().of(found.proposal().genome());
        Step.Evaluate evaluate = new Step.Evaluate(number, found.key(), found.proposal(), found.screened(), cheap);
        return setup.evaluations().isEmpty() ? new Step.Settle(results.cheap(evaluate)) : evaluate;
    }

    private void count(long number, Key key) {
        known.put(key, new Known(number));
        evaluations++;
        idle = 0;
    }

    private static Candidate candidate(
            long number,
            Key key,
            Proposal proposal,
            CandidateState state,
            @Nullable Cause cause,
            @Nullable Long duplicateOf,
            Map<String, Integer> screened) {
        return new Candidate(
                number,
                key,
                proposal.genome(),
                proposal.origin(),
                state,
                Map.of(),
                cause,
                duplicateOf,
                0,
                screened,
                Candidate.Work.NONE);
    }

    /** Goes past a proposal that an earlier process made. */
    private void pass(Recovered before) {
        Candidate candidate = before.candidate();
        next++;
        switch (candidate.state()) {
            case MEASURED, FAILED -> count(candidate.number(), candidate.key());
            case REJECTED, DUPLICATE -> idle++;
        }
        settle(candidate, before.gains());
    }

    /** Takes a result that has become durable. */
    void settle(Candidate candidate, double @Nullable [] gains) {
        Known of = candidate.state() == CandidateState.REJECTED ? null : known.get(candidate.key());
        if (of != null && of.number == candidate.number() && gains != null) {
            of.gains = gains;
            of.cost = candidate.cost();
        }
        settled.put(candidate.number(), new Settled(candidate.genome(), of, candidate.state()));
        while (settled.containsKey(settledBelow)) {
            settledBelow++;
        }
    }

    private boolean tellBelow(long visible) {
        while (told < visible) {
            Settled result = settled.remove(told);
            if (result == null) {
                return false;
            }
            double[] gains = result.of == null ? new double[0] : result.of.gains;
            strategy.tell(new Strategy.Result(told, result.genome, gains));
            costTold += charged(result);
            told++;
        }
        return true;
    }

    private double charged(Settled result) {
        boolean free = result.state == CandidateState.DUPLICATE
                && !setup.document().budget().chargeDuplicates();
        return result.of == null || free ? 0 : result.of.cost;
    }

    private String snapshot() {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("next", next).put("told", told).put("evaluations", evaluations).put("idle", idle);
        json.put("cost_told", costTold);
        json.set("strategy", strategy.snapshot());
        return json.toString();
    }

    /** A snapshot whose past is durable, once. */
    Optional<String> takeSnapshot() {
        if (held == null || settledBelow < held.number) {
            return Optional.empty();
        }
        String state = held.state;
        held = null;
        return Optional.of(state);
    }

    /** Starts from a snapshot; entries are to be replayed after this, all of them. */
    void restore(Snapshot snapshot) {
        JsonNode json = read(snapshot.state());
        next = json.path("next").asLong();
        told = json.path("told").asLong();
        evaluations = json.path("evaluations").asLong();
        idle = json.path("idle").asInt();
        costTold = json.path("cost_told").asDouble();
        settledBelow = told;
        strategy.restore(json.path("strategy"));
    }

    private static JsonNode read(String json) {
        try {
            return Json.MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the snapshot cannot be read: " + e.getOriginalMessage(), e);
        }
    }

    /** Takes over a candidate that an earlier process finished. */
    void replay(Candidate candidate, double[] gains) {
        if (candidate.number() >= next) {
            recovered.put(candidate.number(), new Recovered(candidate, gains));
            return;
        }
        if (candidate.state() == CandidateState.MEASURED || candidate.state() == CandidateState.FAILED) {
            Known first = new Known(candidate.number());
            first.gains = gains;
            first.cost = candidate.cost();
            known.put(candidate.key(), first);
        }
        if (candidate.number() >= told) {
            untold.put(candidate.number(), candidate);
        }
    }

    /** Ends the replay: duplicates may have come before their originals. */
    void replayed() {
        untold.values().forEach(each -> settle(each, null));
        untold.clear();
    }
}
