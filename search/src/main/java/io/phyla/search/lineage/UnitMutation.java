package io.phyla.search.lineage;

import io.phyla.spaces.Genome;
import io.phyla.spaces.SearchSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Redraws one unit of decisions, chosen uniformly among the units that exist in the parent and have an alternative; the
 * new options are drawn uniformly among those that differ from the old. A decision that comes into existence by this keeps
 * the option its raw genome carries: neutral drift is how it got there.
 */
public final class UnitMutation {

    private final SearchSpace space;
    private final List<int[]> units;

    public UnitMutation(SearchSpace space) {
        this.space = space;
        this.units = Units.of(space);
    }

    /** A genome with other active options; the parent itself only if the space has no alternative. */
    public Genome mutate(Genome parent, RandomGenerator random) {
        List<int[]> eligible = eligible(parent);
        if (eligible.isEmpty()) {
            return parent;
        }
        int[] unit = eligible.get(random.nextInt(eligible.size()));
        Genome active = space.tree().canonical(parent);
        Genome child;
        do {
            int[] options = parent.toArray();
            for (int decision : unit) {
                options[decision] = random.nextInt(options(decision));
            }
            child = Genome.of(options);
        } while (space.tree().canonical(child).equals(active));
        return child;
    }

    private List<int[]> eligible(Genome parent) {
        boolean[] active = space.tree().active(parent);
        List<int[]> eligible = new ArrayList<>();
        for (int[] unit : units) {
            for (int decision : unit) {
                if (active[decision] && options(decision) > 1) {
                    eligible.add(unit);
                    break;
                }
            }
        }
        return eligible;
    }

    private int options(int decision) {
        return space.decisions().get(decision).options().size();
    }
}
