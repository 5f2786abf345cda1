package io.phyla.spaces.program;

import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.LayerProgram.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How different two layers are written, from 0 (the same canonical form) to 1 (nothing in common). Every node of the canonical forms is
 * described three times over: by its operation, with what its inputs are, and by everything above it; so is the
 * output, with whether scale and shift follow. The distance is one minus the descriptions in common over all there are: Jaccard's, on the
 * subtree features of Shervashidze et al. (JMLR 12, 2011). Unlike an edit distance it takes no search, and a change near the
 * input, which changes everything below it, still leaves the near descriptions alike. Group size and epsilon do not count.
 */
public final class ProgramDistance {

    /** By the operation alone and with its inputs; behind these comes the whole. */
    private static final int NEAR = 2;

    private final Map<List<Object>, Integer> labels = new HashMap<>();

    private ProgramDistance() {}

    public static double between(LayerProgram one, LayerProgram other) {
        ProgramDistance distance = new ProgramDistance();
        Map<List<Object>, Integer> ones = distance.described(Simplification.canonical(one));
        Map<List<Object>, Integer> others = distance.described(Simplification.canonical(other));
        long common = 0;
        long all = others.values().stream().mapToInt(each -> each).sum();
        for (Map.Entry<List<Object>, Integer> each : ones.entrySet()) {
            int shared = Math.min(each.getValue(), others.getOrDefault(each.getKey(), 0));
            common += shared;
            all += each.getValue() - shared;
        }
        return 1 - (double) common / all;
    }

    /** How often each description occurs. */
    private Map<List<Object>, Integer> described(LayerProgram program) {
        Map<List<Object>, Integer> counts = new HashMap<>();
        List<Object> initial = new ArrayList<>(List.of("x", "0"));
        initial.addAll(program.vectors());
        List<Integer> whole = new ArrayList<>();
        initial.forEach(each -> whole.add(label(List.of(each))));
        for (Node node : program.nodes()) {
            whole.add(label(node, whole));
        }
        List<Integer> near = new ArrayList<>(whole.subList(0, program.firstNode()));
        program.nodes().forEach(node -> near.add(label(List.of(node.operation()))));
        for (int depth = 0; depth < NEAR; depth++) {
            count(program, depth, near, counts);
            List<Integer> before = List.copyOf(near);
            for (int value = program.firstNode(); value < program.values(); value++) {
                near.set(value, label(program.node(value), before));
            }
        }
        count(program, NEAR, whole, counts);
        return counts;
    }

    private void count(LayerProgram program, int depth, List<Integer> labelled, Map<List<Object>, Integer> counts) {
        for (int value = program.firstNode(); value < program.values(); value++) {
            counts.merge(List.of(depth, labelled.get(value)), 1, Integer::sum);
        }
        counts.merge(List.of(depth, labelled.get(program.output()), program.affine()), 1, Integer::sum);
    }

    private int label(Node node, List<Integer> labelled) {
        List<Object> content = new ArrayList<>(List.of(node.operation()));
        List<Integer> inputs = node.inputs().stream().map(labelled::get).toList();
        content.addAll(node.operation().commutative() ? inputs.stream().sorted().toList() : inputs);
        return label(content);
    }

    private int label(List<Object> content) {
        return labels.computeIfAbsent(content, _ -> labels.size());
    }
}
