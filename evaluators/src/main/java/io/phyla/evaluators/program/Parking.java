package io.phyla.evaluators.program;

import io.phyla.evaluators.program.Op.Kind;
import io.phyla.evaluators.program.Schedule.Pass;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is kept in memory from the pass that works it out to the later ones that need it again. All else is worked out again from
 * the streams, which is cheaper for most of a program: memory costs as much as a few additions.
 */
final class Parking {

    private static final double STORE_NEAR = 1;
    private static final double LOAD_NEAR = 0.5;
    private static final double STORE_FAR = 2.5;
    private static final double LOAD_FAR = 2;
    private static final int MOST = 6;
    private static final int MOST_CANDIDATES = 100;

    /**
     * A value that is kept.
     *
     * @param from the pass that writes it, counted over both directions
     * @param far whether all samples are kept at once, because a barrier or the turn lies in between
     * @param turned whether the backward run reads it
     */
    record Parked(int from, boolean far, boolean turned) {}

    private final List<List<Value>> targets = new ArrayList<>();
    private final List<Integer> phases = new ArrayList<>();
    private final int forward;
    private final Map<Value, Parked> parked = new LinkedHashMap<>();

    /** @param backward nothing where there is no backward run */
    Parking(Schedule forward, List<Schedule> backward) {
        this.forward = forward.passes().size();
        add(forward, 0);
        backward.forEach(it -> add(it, 1 << 20));
        choose();
    }

    private void add(Schedule schedule, int base) {
        for (Pass pass : schedule.passes()) {
            targets.add(targets(schedule, pass));
            phases.add(base + Schedule.phase(pass.time()));
        }
    }

    /** What a pass has to work out element by element. */
    static List<Value> targets(Schedule schedule, Pass pass) {
        List<Value> targets = new ArrayList<>();
        for (Value reduction : pass.reductions()) {
            reduction.inputs().stream().filter(Value::full).forEach(targets::add);
        }
        if (pass.stored() && schedule.result().full()) {
            targets.add(schedule.result());
        }
        return targets;
    }

    Map<Value, Parked> parked() {
        return parked;
    }

    private void choose() {
        for (int round = 0; round < MOST; round++) {
            double[] costs = new double[targets.size()];
            Map<Value, List<Integer>> uses = new HashMap<>();
            for (int pass = 0; pass < costs.length; pass++) {
                for (Value value : work(pass, parked)) {
                    costs[pass] += value.op().cost();
                    uses.computeIfAbsent(value, _ -> new ArrayList<>()).add(pass);
                }
            }
            List<Map.Entry<Value, List<Integer>>> candidates = uses.entrySet().stream()
                    .filter(it -> it.getValue().size() > 1)
                    .sorted(Comparator.comparingInt((Map.Entry<Value, List<Integer>> it) ->
                                    it.getKey().id())
                            .reversed())
                    .limit(MOST_CANDIDATES)
                    .toList();
            double best = 0;
            Value chosen = null;
            Parked how = null;
            for (Map.Entry<Value, List<Integer>> candidate : candidates) {
                Parked trial = trial(candidate.getValue());
                double gain = gain(candidate.getKey(), trial, candidate.getValue(), costs);
                if (gain > best) {
                    best = gain;
                    chosen = candidate.getKey();
                    how = trial;
                }
            }
            if (chosen == null || how == null) {
                return;
            }
            parked.put(chosen, how);
        }
    }

    private Parked trial(List<Integer> uses) {
        int from = uses.getFirst();
        int last = uses.getLast();
        boolean far = !phases.get(from).equals(phases.get(last));
        return new Parked(from, far, from < forward && last >= forward);
    }

    private double gain(Value candidate, Parked trial, List<Integer> uses, double[] costs) {
        Map<Value, Parked> with = new HashMap<>(parked);
        with.put(candidate, trial);
        double gain = trial.far() ? -STORE_FAR : -STORE_NEAR;
        for (int pass : uses.subList(1, uses.size())) {
            double cost = trial.far() ? LOAD_FAR : LOAD_NEAR;
            for (Value value : work(pass, with)) {
                cost += value.op().cost();
            }
            gain += costs[pass] - cost;
        }
        return gain;
    }

    /** The element-wise values that a pass works out, given what lies ready. */
    private Set<Value> work(int pass, Map<Value, Parked> ready) {
        Set<Value> work = new HashSet<>();
        List<Value> open = new ArrayList<>(targets.get(pass));
        while (!open.isEmpty()) {
            Value value = open.removeLast();
            boolean there = ready.containsKey(value) && ready.get(value).from() < pass;
            if (value.full() && value.op().kind() == Kind.ELEMENTWISE && !there && work.add(value)) {
                open.addAll(value.inputs());
            }
        }
        return work;
    }
}
