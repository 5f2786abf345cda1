package io.phyla.evaluators.onnx;

import io.phyla.evaluators.onnx.Value.Origin;
import io.phyla.evaluators.onnx.Value.Signal;
import io.phyla.evaluators.onnx.Value.Unreadable;
import io.phyla.evaluators.weights.Weights;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import onnx.Onnx.NodeProto;
import org.jspecify.annotations.Nullable;

/** Goes through a graph's nodes and knows what each name stands for; nodes behind an unreadable one are passed over. */
final class Reading {

    /** Of one node. */
    private static final int MOST_INPUTS = 1000;

    private final Graph graph;
    private final long opset;
    private final Set<String> notes;
    private final List<Fault> faults;
    private final Assembly assembly;
    private final Settling settling;
    private final Budget budget;
    private final Map<String, Value> values = new HashMap<>();
    private long batch;

    Reading(Graph graph, long opset, OnnxLimits limits, List<Fault> faults, Set<String> notes) {
        this.graph = graph;
        this.opset = opset;
        this.notes = notes;
        this.faults = faults;
        assembly = new Assembly(limits);
        settling = new Settling(assembly);
        budget = new Budget(limits.constants());
    }

    long opset() {
        return opset;
    }

    Assembly assembly() {
        return assembly;
    }

    Settling settling() {
        return settling;
    }

    Budget budget() {
        return budget;
    }

    long batch() {
        return batch;
    }

    void note(String note) {
        notes.add(note);
    }

    /** @return nothing if there were faults */
    @Nullable
    Weights run() {
        try {
            GraphInput input = GraphInput.of(graph.input(), notes);
            batch = input.batch();
            String name = Labels.clean(graph.input().getName());
            int first = assembly.add(name.isEmpty() ? "input" : name, input.layer());
            define(
                    graph.input().getName(),
                    new Signal(
                            new Expression.Output(first),
                            input.view(),
                            new Origin("input '" + Labels.shown(graph.input().getName()) + "'", "input"),
                            false));
        } catch (Refusal refusal) {
            faults.add(refusal.fault("graph"));
            values.put(graph.input().getName(), new Unreadable());
        }
        for (int number : graph.order()) {
            if (faults.size() == OnnxReader.MOST_FAULTS) {
                return null;
            }
            read(graph.nodes().get(number), number);
        }
        return faults.isEmpty() ? finish() : null;
    }

    private void read(NodeProto node, int number) {
        Value value = new Unreadable();
        try {
            List<@Nullable Value> inputs = inputs(node);
            boolean known = inputs.stream().noneMatch(input -> input instanceof Unreadable);
            if (known || Operators.unknown(node)) {
                value = value(node, number, inputs);
            }
        } catch (Refusal refusal) {
            faults.add(refusal.fault(Labels.node(node, number)));
        } catch (ArithmeticException e) {
            faults.add(new Fault(Labels.node(node, number), "its sizes are more than can be counted"));
        }
        for (int i = 0; i < node.getOutputCount(); i++) {
            if (!node.getOutput(i).isEmpty()) {
                define(node.getOutput(i), i == 0 ? value : new Unreadable());
            }
        }
    }

    private List<@Nullable Value> inputs(NodeProto node) throws Refusal {
        if (node.getInputCount() > MOST_INPUTS) {
            throw new Refusal("it has " + node.getInputCount() + " inputs, more than the allowed " + MOST_INPUTS);
        }
        List<@Nullable Value> inputs = new ArrayList<>();
        for (String name : node.getInputList()) {
            Value value = values.get(name);
            if (value == null && !name.isEmpty() && graph.initializers().containsKey(name)) {
                values.put(name, new Unreadable());
                value = Tensors.read(graph.initializers().get(name), budget);
                values.put(name, value);
            }
            inputs.add(value);
        }
        return inputs;
    }

    private Value value(NodeProto node, int number, List<@Nullable Value> inputs) throws Refusal {
        Operator operator = Operators.of(node, inputs);
        for (int i = 1; i < node.getOutputCount(); i++) {
            if (graph.uses().containsKey(node.getOutput(i))
                    && !node.getOutput(i).isEmpty()) {
                throw new Refusal("its output " + (i + 1) + " ('" + Labels.shown(node.getOutput(i)) + "') is used, "
                        + "of which only the first can be read");
            }
        }
        Operation operation = new Operation(node, number, this, inputs);
        Value value = operator.read(operation);
        operation.complete();
        return value;
    }

    private void define(String name, Value value) {
        boolean shared = graph.uses().getOrDefault(name, 0) > 1;
        if (value instanceof Signal signal && (shared || signal.shared())) {
            Expressions.pin(signal.expression(), assembly);
            values.put(name, new Signal(signal.expression(), signal.view(), signal.node(), true));
        } else {
            values.put(name, value);
        }
    }

    private @Nullable Weights finish() {
        try {
            return switch (values.getOrDefault(graph.output(), new Unreadable())) {
                case Signal signal -> assembly.finish(output(signal));
                case Constant _ -> throw new Refusal("graph", "its output does not depend on its input");
                case Unreadable _ -> throw new Refusal("graph", "its output cannot be read");
            };
        } catch (Refusal refusal) {
            faults.add(refusal.fault("graph"));
            return null;
        }
    }

    /** Elements in the order of C,H,W are enough; a rank of more or fewer dimensions of one element changes nothing. */
    private int output(Signal signal) throws Refusal {
        int layer = settling.layer(signal);
        return signal.view().ordered(assembly.shape(layer)) ? layer : settling.map(signal);
    }
}
