package io.phyla.evaluators.program;

import io.phyla.evaluators.program.Op.Kind;
import io.phyla.evaluators.program.Value.Extent;
import io.phyla.spaces.design.Operation.Axes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * When what is worked out in one direction. Moments of the batch are barriers between phases, each of which goes over all samples;
 * within a phase each sample is gone over as often as its own moments wait for each other, while it is in the cache.
 */
final class Schedule {

    /** Time is counted in passes over a sample; a phase has fewer than this. */
    private static final int PHASE = 1 << 16;

    /**
     * Going over a sample's elements once.
     *
     * @param time {@link Schedule#phase} and order within it
     * @param reductions what is summed
     * @param stored whether the result is written
     */
    record Pass(int time, List<Value> reductions, boolean stored) {}

    private final Map<Value, Integer> times = new TreeMap<>(Comparator.comparingInt(Value::id));
    private final List<Value> rows = new ArrayList<>();
    private final List<Pass> passes = new ArrayList<>();
    private final Value result;

    /**
     * @param result written element by element; if it is a constant nothing but that is done for it
     * @param others what else is wanted, one number per channel each
     * @param known rows that an earlier run has left
     */
    Schedule(Value result, List<Value> others, Set<Value> known) {
        this.result = result;
        Set<Value> needed = new TreeSet<>(Comparator.comparingInt(Value::id));
        collect(result, known, needed);
        others.forEach(it -> collect(it, known, needed));
        Map<Integer, List<Value>> reductions = new TreeMap<>();
        for (Value value : needed) {
            int start = known.contains(value) ? 0 : start(value);
            times.put(value, start);
            if (known.contains(value)) {
                continue;
            }
            if (!value.full()) {
                rows.add(value);
            }
            if (overElements(value)) {
                reductions.computeIfAbsent(inputTime(value), _ -> new ArrayList<>()).add(value);
            }
        }
        int last = time(result);
        reductions.computeIfAbsent(last, _ -> new ArrayList<>());
        reductions.forEach((time, values) -> passes.add(new Pass(time, List.copyOf(values), time == last)));
    }

    private static void collect(Value root, Set<Value> known, Set<Value> needed) {
        List<Value> open = new ArrayList<>(List.of(root));
        while (!open.isEmpty()) {
            Value value = open.removeLast();
            if (needed.add(value) && !known.contains(value)) {
                open.addAll(value.inputs());
            }
        }
    }

    /** Whether it is worked out while going over elements. */
    static boolean overElements(Value value) {
        return value.op().kind() == Kind.REDUCTION && value.inputs().stream().anyMatch(Value::full);
    }

    private int inputTime(Value value) {
        return value.inputs().stream().mapToInt(this::time).max().orElse(0);
    }

    private int start(Value value) {
        int ready = inputTime(value);
        boolean acrossSamples = value.is(Op.SUM_OF_SAMPLES)
                || value.is(Op.MOMENT) && value.axes() == Axes.BATCH && value.first().extent() != Extent.BATCH;
        if (acrossSamples) {
            return (phase(ready) + 1) * PHASE;
        }
        return overElements(value) ? ready + 1 : ready;
    }

    static int phase(int time) {
        return time / PHASE;
    }

    int time(Value value) {
        return Objects.requireNonNull(times.get(value));
    }

    /** In order. */
    List<Pass> passes() {
        return passes;
    }

    /** Everything with fewer numbers than one per element, what is made of what after that. */
    List<Value> rows() {
        return rows;
    }

    /** All that is wanted and what it is made of. */
    Set<Value> values() {
        return times.keySet();
    }

    Value result() {
        return result;
    }

    int phases() {
        int last = 0;
        for (int time : times.values()) {
            last = Math.max(last, phase(time));
        }
        return last + 1;
    }
}
