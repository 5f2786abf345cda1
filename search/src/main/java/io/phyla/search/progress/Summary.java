package io.phyla.search.progress;

import org.jspecify.annotations.Nullable;

/**
 * A search in a few numbers, kept up to date with every entry so that no list needs to count.
 *
 * @param measured candidates with measurements; failed, rejected and duplicates are counted beside
 * @param cost counted work so far, in the evaluators' unit; that of the last phase is not in it
 * @param seconds time spent in state RUNNING, over all starts of the service
 * @param frontSize candidates on the Pareto front
 * @param best number of the best candidate by the first objective, the earliest among equals
 * @param bestValue its first objective
 * @param tolls what every stage took
 */
public record Summary(
        long measured,
        long failed,
        long rejected,
        long duplicates,
        double cost,
        double seconds,
        long frontSize,
        @Nullable Long best,
        @Nullable Double bestValue,
        Tolls tolls) {

    public static final Summary EMPTY = new Summary(0, 0, 0, 0, 0, 0, 0, null, null, Tolls.NONE);

    /** The same after so many seconds of running. */
    public Summary withSeconds(double later) {
        return new Summary(measured, failed, rejected, duplicates, cost, later, frontSize, best, bestValue, tolls);
    }

    /** What was drawn for the candidates in a final state, those that a screen threw away included. */
    public long drawn() {
        return proposed()
                + tolls.screened().values().stream().mapToLong(Long::longValue).sum();
    }

    /** Candidates in a final state. */
    public long proposed() {
        return measured + failed + rejected + duplicates;
    }

    /** Candidates that cost an evaluation; what a budget of evaluations counts. */
    public long evaluations() {
        return measured + failed;
    }
}
