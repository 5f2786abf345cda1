package io.phyla.search.lineage;

import io.phyla.spaces.Genome;
import io.phyla.spaces.SearchSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/**
 * Moves a genome into the feasible region step by step: a decision drawn at random takes the option that violates the
 * constraints least, until nothing is violated or the steps are used up. Never returns an infeasible genome. Work is bounded
 * by the layers built, so that an unreachable region of a huge space costs seconds, and the same ones everywhere.
 */
public final class Repair {

    private static final int STEPS_PER_DECISION = 4;
    private static final long MOST_LAYERS = 2_000_000;

    private final SearchSpace space;
    private final ToDoubleFunction<Genome> violation;

    /** @param violation 0 if feasible, else how far off */
    public Repair(SearchSpace space, ToDoubleFunction<Genome> violation) {
        this.space = space;
        this.violation = violation;
    }

    public Optional<Genome> repair(Genome genome, RandomGenerator random) {
        double worst = violation.applyAsDouble(genome);
        int steps = STEPS_PER_DECISION * genome.size();
        long left = worst > 0 ? MOST_LAYERS / Effort.of(space, genome) : 0;
        for (int step = 0; worst > 0 && step < steps && left > 0; step++) {
            boolean[] active = space.tree().active(genome);
            int decision = random.nextInt(genome.size());
            if (!active[decision]) {
                continue;
            }
            List<Genome> best = new ArrayList<>();
            for (int option = 0;
                    option < space.decisions().get(decision).options().size();
                    option++) {
                Genome next = genome.with(decision, option);
                double violated = violation.applyAsDouble(next);
                left--;
                if (violated < worst) {
                    best.clear();
                    worst = violated;
                }
                if (violated == worst && !next.equals(genome)) {
                    best.add(next);
                }
            }
            if (!best.isEmpty()) {
                genome = best.get(random.nextInt(best.size()));
            }
        }
        return worst > 0 ? Optional.empty() : Optional.of(genome);
    }
}
