package io.phyla.evaluators.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Medians of the calling thread's CPU time, which other programs on the machine change least. */
final class Stopwatch {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final int warmUps;
    private final long budget;
    private final int least;

    /**
     * @param warmUps runs that do not count
     * @param budget nanoseconds of CPU time to measure for
     * @param least runs that count at least
     */
    Stopwatch(int warmUps, long budget, int least) {
        this.warmUps = warmUps;
        this.budget = budget;
        this.least = least;
    }

    /** Milliseconds of CPU time that one run takes. */
    double milliseconds(Runnable run) {
        for (int i = 0; i < warmUps; i++) {
            run.run();
        }
        List<Long> times = new ArrayList<>();
        long end = THREADS.getCurrentThreadCpuTime() + budget;
        while (times.size() < least || THREADS.getCurrentThreadCpuTime() < end) {
            long start = THREADS.getCurrentThreadCpuTime();
            run.run();
            times.add(THREADS.getCurrentThreadCpuTime() - start);
        }
        Collections.sort(times);
        int middle = times.size() / 2;
        double median = times.size() % 2 == 1 ? times.get(middle) : (times.get(middle - 1) + times.get(middle)) / 2.0;
        return median / 1e6;
    }
}
