package io.phyla.search.progress;

import java.util.ArrayDeque;

/** Something counted, per second over the last ten seconds. */
public final class RateMeter {

    private static final long SPAN = 10_000_000_000L;
    private static final long STEP = 250_000_000L;

    private record Mark(long nanos, long count) {}

    private final ArrayDeque<Mark> marks = new ArrayDeque<>();

    public double rate(long nanos, long count) {
        if (marks.isEmpty() || nanos - marks.getLast().nanos() >= STEP) {
            marks.addLast(new Mark(nanos, count));
        }
        while (marks.size() > 2 && nanos - marks.getFirst().nanos() > SPAN) {
            marks.removeFirst();
        }
        Mark first = marks.getFirst();
        long elapsed = nanos - first.nanos();
        return elapsed < STEP ? 0 : (count - first.count()) * 1e9 / elapsed;
    }
}
