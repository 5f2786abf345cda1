package io.phyla.search.run;

import io.phyla.search.candidate.Cause;
import io.phyla.search.candidate.Origin;
import io.phyla.search.document.SearchSetup;
import io.phyla.search.metric.Screen;
import io.phyla.search.metric.Screen.Verdict;
import io.phyla.search.strategy.Strategy;
import io.phyla.search.strategy.Strategy.Proposal;
import io.phyla.spaces.Genome;
import io.phyla.spaces.Key;
import io.phyla.spaces.SearchSpace;
import io.phyla.spaces.schema.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Draws for one number after the other what the strategy proposes, until a proposal meets the constraints and passes the
 * search's screen. What falls is counted and drawn again from the same random stream, so the draws of a number are a
 * function of the seed, the number and the strategy's state, and none of them needs to be stored.
 */
final class Draws {

    /** After so many draws for one number the last one is rejected for good. */
    static final int MOST = 10_000;

    /** After so many screened draws, of whatever numbers, there is a rest. */
    static final int AT_ONCE = 64;

    private final long seed;
    private final SearchSpace space;
    private final Strategy strategy;
    private final Feasibility feasibility;
    private final @Nullable Screen screen;
    private final List<String> stages;
    private final String prefix;
    private final List<Genome> start;
    private int sinceRest;
    private @Nullable Number open;

    Draws(SearchSetup setup, Strategy strategy) {
        this.seed = setup.document().seed();
        this.space = setup.space();
        this.strategy = strategy;
        this.feasibility = new Feasibility(setup);
        this.screen = setup.newScreen().orElse(null);
        this.stages = screen == null ? List.of() : screen.stages();
        this.prefix = space.name() + Json.MAPPER.valueToTree(space.parameters()) + "\nequal to ";
        this.start = setup.start();
    }

    /** What is drawn for a number so far. */
    private static final class Number {
        private final long number;
        private final RandomGenerator random;
        private final int[] fallen;
        private int draws;

        private Number(long number, RandomGenerator random, int stages) {
            this.number = number;
            this.random = random;
            this.fallen = new int[stages];
        }
    }

    /** What came of drawing. */
    sealed interface Drawn {

        /** Nothing yet: time to look at what else there is, and to come back for the same number. */
        record Rest() implements Drawn {}

        /** A proposal that cannot be evaluated, and how many fell before it to which stage. */
        record Rejected(Proposal proposal, Cause cause, Map<String, Integer> screened) implements Drawn {}

        /** A proposal, what identifies it, and how many fell before it to which stage. */
        record Found(Proposal proposal, Key key, Map<String, Integer> screened) implements Drawn {}
    }

    /** Whether a number was begun and has nothing yet; nothing may be told to the strategy before it has. */
    boolean resting() {
        return open != null;
    }

    /** Draws for a new number, or goes on with the one that rests. */
    Drawn draw(long number) {
        Number now = open == null ? new Number(number, RandomStreams.of(seed, number), stages.size()) : open;
        open = null;
        while (true) {
            if (sinceRest == AT_ONCE) {
                sinceRest = 0;
                open = now;
                return new Drawn.Rest();
            }
            Proposal asked = now.number < start.size()
                    ? known(start.get((int) now.number))
                    : strategy.ask(now.number, now.random);
            Optional<Proposal> feasible = feasibility.make(asked, now.random);
            if (feasible.isEmpty()) {
                String detail = feasibility.describe(asked.genome());
                return new Drawn.Rejected(asked, new Cause(Cause.Kind.INFEASIBLE, detail), screened(now));
            }
            Drawn drawn = judge(now, feasible.get());
            if (drawn != null) {
                return drawn;
            }
        }
    }

    private static Proposal known(Genome genome) {
        return new Proposal(genome, new Origin(Origin.KNOWN, List.of(), List.of()));
    }

    /** Null if it fell and another one is to be drawn. */
    private @Nullable Drawn judge(Number now, Proposal proposal) {
        Genome genome = proposal.genome();
        if (screen == null) {
            return new Drawn.Found(proposal, space.key(genome), Map.of());
        }
        sinceRest++;
        now.draws++;
        return switch (screen.judge(genome, space.decode(genome))) {
            case Verdict.Passed passed ->
                new Drawn.Found(proposal, Key.of(prefix + passed.equivalence()), screened(now));
            case Verdict.Rejected rejected -> {
                boolean drawsTheSame = proposal.origin().operator().equals(Origin.KNOWN);
                if (now.draws == MOST || drawsTheSame) {
                    yield new Drawn.Rejected(proposal, cause(now, rejected.stage()), screened(now));
                }
                now.fallen[stages.indexOf(rejected.stage())]++;
                yield null;
            }
        };
    }

    private Cause cause(Number now, String stage) {
        Map<String, Integer> before = screened(now);
        String others = before.entrySet().stream()
                .map(each -> each.getKey() + " " + each.getValue())
                .collect(Collectors.joining(", "));
        return new Cause(
                Cause.Kind.SCREENED, "falls to stage " + stage + (others.isEmpty() ? "" : ", as before it " + others));
    }

    private Map<String, Integer> screened(Number now) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (int i = 0; i < now.fallen.length; i++) {
            if (now.fallen[i] > 0) {
                counts.put(stages.get(i), now.fallen[i]);
            }
        }
        return counts;
    }
}
