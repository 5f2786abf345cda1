package io.phyla.evaluators.onnx;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import onnx.Onnx.GraphProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.ValueInfoProto;

/**
 * A graph whose names are known to fit together: one input, one output, every name made once and before it is used.
 *
 * @param order the nodes that lead to the output, each after those it needs, as numbers
 * @param uses how many inputs of these nodes, and outputs of the graph, read each name
 */
record Graph(
        List<NodeProto> nodes,
        List<Integer> order,
        ValueInfoProto input,
        String output,
        Map<String, TensorProto> initializers,
        Map<String, Integer> uses) {

    static Graph of(GraphProto graph, List<Fault> faults, Set<String> notes) {
        Map<String, TensorProto> initializers = initializers(graph, faults);
        List<ValueInfoProto> inputs = graph.getInputList().stream()
                .filter(input -> !initializers.containsKey(input.getName()))
                .toList();
        if (inputs.size() != 1) {
            faults.add(new Fault("graph", "it must have one input, not " + names(inputs)));
        }
        if (graph.getOutputCount() != 1) {
            faults.add(new Fault("graph", "it must have one output, not " + names(graph.getOutputList())));
        }
        graph.getSparseInitializerList()
                .forEach(sparse -> faults.add(new Fault(
                        "graph",
                        "its sparse tensor '" + Labels.shown(sparse.getValues().getName()) + "' cannot be read")));
        if (graph.getQuantizationAnnotationCount() > 0) {
            notes.add("annotations of quantization are left out");
        }
        Map<String, Integer> makers = makers(graph, inputs, initializers, faults);
        ValueInfoProto input = inputs.isEmpty() ? ValueInfoProto.getDefaultInstance() : inputs.getFirst();
        String output = graph.getOutputCount() == 0 ? "" : graph.getOutput(0).getName();
        List<Integer> order = new ArrayList<>();
        if (faults.isEmpty()) {
            if (makers.containsKey(output)) {
                order.addAll(order(graph.getNodeList(), makers, makers.get(output), faults));
            } else if (!output.equals(input.getName())) {
                faults.add(new Fault("graph", "nothing makes its output '" + Labels.shown(output) + "'"));
            } else {
                faults.add(new Fault("graph", "its output is its input"));
            }
        }
        left(graph, order, notes);
        return new Graph(graph.getNodeList(), order, input, output, initializers, uses(graph, order, output));
    }

    private static Map<String, TensorProto> initializers(GraphProto graph, List<Fault> faults) {
        Map<String, TensorProto> initializers = new HashMap<>();
        for (TensorProto tensor : graph.getInitializerList()) {
            if (initializers.put(tensor.getName(), tensor) != null) {
                faults.add(new Fault("graph", "two tensors are called '" + Labels.shown(tensor.getName()) + "'"));
            }
        }
        return initializers;
    }

    private static String names(List<ValueInfoProto> values) {
        return values.stream()
                        .limit(8)
                        .map(value -> Labels.shown(value.getName()))
                        .toList()
                + (values.size() > 8 ? " and " + (values.size() - 8) + " more" : "");
    }

    private static Map<String, Integer> makers(
            GraphProto graph, List<ValueInfoProto> inputs, Map<String, TensorProto> initializers, List<Fault> faults) {
        Map<String, Integer> makers = new HashMap<>();
        Set<String> taken = new HashSet<>(initializers.keySet());
        inputs.forEach(input -> taken.add(input.getName()));
        for (int i = 0; i < graph.getNodeCount(); i++) {
            NodeProto node = graph.getNode(i);
            for (String output : node.getOutputList()) {
                if (output.isEmpty()) {
                    continue;
                }
                if (!taken.add(output)) {
                    faults.add(new Fault(
                            Labels.node(node, i), "its output '" + Labels.shown(output) + "' has been made before"));
                }
                makers.put(output, i);
            }
        }
        for (int i = 0; i < graph.getNodeCount(); i++) {
            for (String name : graph.getNode(i).getInputList()) {
                if (!name.isEmpty() && !taken.contains(name)) {
                    faults.add(new Fault(
                            Labels.node(graph.getNode(i), i), "nothing makes its input '" + Labels.shown(name) + "'"));
                }
            }
        }
        return makers;
    }

    /** Depth first from the output, without recursion: a graph may be a chain of all its nodes. */
    private static List<Integer> order(
            List<NodeProto> nodes, Map<String, Integer> makers, int last, List<Fault> faults) {
        List<Integer> order = new ArrayList<>();
        BitSet open = new BitSet();
        BitSet done = new BitSet();
        Deque<Integer> stack = new ArrayDeque<>(List.of(last));
        while (!stack.isEmpty()) {
            int node = stack.peek();
            if (done.get(node)) {
                stack.pop();
                continue;
            }
            boolean ready = true;
            for (String name : nodes.get(node).getInputList()) {
                Integer maker = name.isEmpty() ? null : makers.get(name);
                if (maker == null || done.get(maker)) {
                    continue;
                }
                if (open.get(maker)) {
                    faults.add(new Fault(
                            Labels.node(nodes.get(node), node),
                            "its input '" + Labels.shown(name) + "' depends on its own output"));
                    return List.of();
                }
                ready = false;
            }
            if (ready) {
                done.set(node);
                order.add(node);
                stack.pop();
            } else {
                open.set(node);
                nodes.get(node).getInputList().stream()
                        .map(makers::get)
                        .filter(maker -> maker != null && !done.get(maker))
                        .forEach(stack::push);
            }
        }
        List<Integer> written = order.stream().sorted().toList();
        return sorted(written, nodes, makers) ? written : order;
    }

    /** Whether each node comes after those it needs, as the format asks. */
    private static boolean sorted(List<Integer> order, List<NodeProto> nodes, Map<String, Integer> makers) {
        return order.stream()
                .allMatch(node -> nodes.get(node).getInputList().stream()
                        .allMatch(name -> name.isEmpty() || makers.getOrDefault(name, -1) < node));
    }

    private static Map<String, Integer> uses(GraphProto graph, List<Integer> order, String output) {
        Map<String, Integer> uses = new LinkedHashMap<>();
        uses.put(output, 1);
        order.forEach(node -> graph.getNode(node).getInputList().forEach(name -> uses.merge(name, 1, Integer::sum)));
        return uses;
    }

    private static void left(GraphProto graph, List<Integer> order, Set<String> notes) {
        BitSet needed = new BitSet();
        order.forEach(needed::set);
        for (int i = 0; i < graph.getNodeCount() && !order.isEmpty(); i++) {
            if (!needed.get(i)) {
                notes.add(Labels.node(graph.getNode(i), i) + ": does not lead to the output and is left out");
            }
        }
    }
}
