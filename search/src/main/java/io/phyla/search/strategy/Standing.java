package io.phyla.search.strategy;

import io.jenetics.ext.moea.Pareto;
import io.jenetics.ext.moea.Vec;
import io.jenetics.util.ISeq;
import io.phyla.search.front.NonDominatedSort;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * What a member of an NSGA-II population is compared by; greater is better.
 *
 * @param front how many fronts dominate its own
 * @param crowding distance to its neighbours within its front, infinite at the front's ends
 */
record Standing(int front, double crowding) implements Comparable<Standing> {

    private static final Comparator<Standing> ORDER =
            Comparator.comparingInt(Standing::front).reversed().thenComparingDouble(Standing::crowding);

    /** One standing per point. */
    static List<Standing> of(List<double[]> gains) {
        List<Standing> standings = new ArrayList<>(Collections.nCopies(gains.size(), new Standing(0, 0)));
        List<List<Integer>> fronts = NonDominatedSort.fronts(gains);
        for (int front = 0; front < fronts.size(); front++) {
            List<Integer> members = fronts.get(front);
            double[] crowding = Pareto.crowdingDistance(
                    members.stream().map(member -> Vec.of(gains.get(member))).collect(ISeq.toISeq()));
            for (int i = 0; i < crowding.length; i++) {
                standings.set(members.get(i), new Standing(front, crowding[i]));
            }
        }
        return standings;
    }

    @Override
    public int compareTo(Standing other) {
        return ORDER.compare(this, other);
    }
}
