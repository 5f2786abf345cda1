package io.phyla.search.front;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The Pareto front of everything seen, kept one candidate at a time. Of candidates with equal objectives the one with the
 * lowest number stays, so the front does not depend on the order of arrival.
 */
public final class ParetoArchive {

    private final TreeMap<Long, double[]> members = new TreeMap<>();

    /**
     * What a candidate did to the front.
     *
     * @param left numbers of the members it drove out, ascending
     */
    public record Change(boolean joined, List<Long> left) {
        private static final Change NONE = new Change(false, List.of());
    }

    /** @param gains objectives turned so that more is better, all finite */
    public Change add(long number, double[] gains) {
        List<Long> left = new ArrayList<>();
        for (var member : members.entrySet()) {
            boolean covered = Dominance.covers(member.getValue(), gains);
            boolean covering = Dominance.covers(gains, member.getValue());
            if (covered && !(covering && number < member.getKey())) {
                return Change.NONE;
            }
            if (covering) {
                left.add(member.getKey());
            }
        }
        left.forEach(members::remove);
        members.put(number, gains.clone());
        return new Change(true, List.copyOf(left));
    }

    public int size() {
        return members.size();
    }

    /** Numbers of the members, ascending. */
    public List<Long> numbers() {
        return List.copyOf(members.keySet());
    }

    /** A member's gains. */
    public double[] gains(long number) {
        return Objects.requireNonNull(members.get(number), "not on the front").clone();
    }
}
