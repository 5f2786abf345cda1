package io.phyla.evaluators.onnx;

import io.phyla.evaluators.engine.Parameter.Role;
import io.phyla.evaluators.onnx.Constant.Real;
import io.phyla.evaluators.onnx.Constant.Whole;
import io.phyla.evaluators.onnx.Value.Origin;
import io.phyla.evaluators.onnx.Value.Signal;
import io.phyla.evaluators.onnx.view.View;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Shape;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import onnx.Onnx.NodeProto;
import org.jspecify.annotations.Nullable;

/** One node being read: its inputs and attributes, each of which has to be asked for, and what is built of it. */
final class Operation {

    private final NodeProto node;
    private final int number;
    private final Reading reading;
    private final List<@Nullable Value> inputs;
    private final NodeAttributes attributes;
    private final BitSet read = new BitSet();

    Operation(NodeProto node, int number, Reading reading, List<@Nullable Value> inputs) throws Refusal {
        this.node = node;
        this.number = number;
        this.reading = reading;
        this.inputs = inputs;
        this.attributes = new NodeAttributes(node);
    }

    long opset() {
        return reading.opset();
    }

    NodeAttributes attributes() {
        return attributes;
    }

    Assembly assembly() {
        return reading.assembly();
    }

    Settling settling() {
        return reading.settling();
    }

    Budget budget() {
        return reading.budget();
    }

    /** The size of a batch if the model fixes it, else 0. */
    long batch() {
        return reading.batch();
    }

    void note(String text) {
        reading.note(Labels.node(node, number) + ": " + text);
    }

    String type() {
        return node.getOpType();
    }

    /** How many it has, those without a name apart. */
    long outputs() {
        return node.getOutputList().stream().filter(name -> !name.isEmpty()).count();
    }

    int inputs() {
        return inputs.size();
    }

    boolean given(int input) {
        return input < inputs.size() && inputs.get(input) != null;
    }

    boolean constant(int input) {
        return given(input) && inputs.get(input) instanceof Constant;
    }

    Value value(int input) throws Refusal {
        Value found = input < inputs.size() ? inputs.get(input) : null;
        if (found == null) {
            throw new Refusal("its input " + (input + 1) + " is missing");
        }
        read.set(input);
        return found;
    }

    /** An input that is computed from the network's. */
    Signal signal(int input) throws Refusal {
        return switch (value(input)) {
            case Signal signal -> settling().current(signal);
            case Constant _ -> throw new Refusal(named(input) + " must not be a constant");
            case Value.Unreadable _ -> throw new IllegalStateException("nodes behind unreadable ones are not read");
        };
    }

    Constant fixed(int input) throws Refusal {
        return switch (value(input)) {
            case Constant constant -> constant;
            case Signal _ ->
                throw new Refusal(named(input) + " must be a constant and is computed from the graph's input");
            case Value.Unreadable _ -> throw new IllegalStateException("nodes behind unreadable ones are not read");
        };
    }

    Real real(int input) throws Refusal {
        return switch (fixed(input)) {
            case Real real -> real;
            case Whole _ -> throw new Refusal(named(input) + " must be of floating point and is of whole numbers");
        };
    }

    /** Numbers of a layer: finite, and as many as it needs. */
    float[] numbers(int input, int count) throws Refusal {
        Real found = real(input);
        if (found.values().length != count) {
            throw new Refusal(named(input) + " must have " + count + " numbers, not " + found.values().length);
        }
        return finite(input, found.values());
    }

    float[] finite(int input, float[] values) throws Refusal {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new Refusal(named(input) + " has a number that is not finite");
            }
        }
        return values;
    }

    /** Whole numbers, none of which depends on the size of a batch. */
    long[] whole(int input) throws Refusal {
        if (!(fixed(input) instanceof Whole whole)) {
            throw new Refusal(named(input) + " must be of whole numbers and is of floating point");
        }
        if (!whole.batch().isEmpty()) {
            throw new Refusal(named(input) + " depends on the size of a batch");
        }
        return whole.values();
    }

    /** One number. */
    double scalar(int input) throws Refusal {
        Real found = real(input);
        if (found.values().length != 1) {
            throw new Refusal(named(input) + " must be one number, not " + found.values().length);
        }
        return Double.parseDouble(Float.toString(found.values()[0]));
    }

    String named(int input) {
        return "its input " + (input + 1) + " ('" + Labels.shown(node.getInput(input)) + "')";
    }

    /** @throws Refusal if it is not from a bound to what an int holds */
    int exact(String what, long value, int least) throws Refusal {
        if (value < least || value > Integer.MAX_VALUE) {
            throw new Refusal(what + " must be from " + least + " to " + Integer.MAX_VALUE + ", not " + value);
        }
        return (int) value;
    }

    /** A dimension of a tensor, the batch being 0 and negative ones counted from the end. */
    int axis(long axis, int rank) throws Refusal {
        if (axis < -rank || axis >= rank) {
            throw new Refusal("axis " + axis + " is not one of " + rank + " dimensions");
        }
        return (int) (axis < 0 ? axis + rank : axis);
    }

    /** A dimension of a signal's view; the batch cannot be worked along. */
    int dim(long axis, Signal of) throws Refusal {
        return dim(axis, of.view());
    }

    int dim(long axis, View of) throws Refusal {
        int found = axis(axis, of.dims().size() + 1);
        if (found == 0) {
            throw new Refusal("it works along the batch (axis 0)");
        }
        return found - 1;
    }

    /** What a layer made of this node is called. */
    Origin origin() {
        return new Origin(Labels.node(node, number), Labels.layer(node, number, ""));
    }

    private String layerName() {
        String weights = inputs.size() > 1 && inputs.get(1) instanceof Constant ? node.getInput(1) : "";
        return Labels.layer(node, number, weights);
    }

    Signal add(Layer layer, View view, Integer... inputs) throws Refusal {
        return add(layer, Map.of(), view, inputs);
    }

    Signal add(Layer layer, Map<Role, float[]> tensors, View view, Integer... inputs) throws Refusal {
        return signal(assembly().add(layerName(), layer, tensors, inputs), view);
    }

    /** Adds a layer whose output is a map as it usually is for so many dimensions, the batch apart. */
    Signal add(Layer layer, Map<Role, float[]> tensors, int dims, Integer... inputs) throws Refusal {
        int added = assembly().add(layerName(), layer, tensors, inputs);
        Shape shape = assembly().shape(added);
        return signal(added, View.usual(shape, dims));
    }

    /** Adds a layer whose output is seen in a way that depends on its shape. */
    int layer(Layer layer, Map<Role, float[]> tensors, Integer... inputs) throws Refusal {
        return assembly().add(layerName(), layer, tensors, inputs);
    }

    /** Adds a layer that this node needs before or behind its own. */
    int insert(String suffix, Layer layer, int input) throws Refusal {
        return assembly().add(layerName() + "." + suffix, layer, input);
    }

    Signal signal(int layer, View view) {
        return new Signal(new Expression.Output(layer), view, origin(), false);
    }

    Signal express(Expression expression, View view) throws Refusal {
        return settling().bounded(new Signal(expression, view, origin(), false));
    }

    /** The same elements under other dimensions. */
    Signal seen(Signal signal, View view) {
        return new Signal(signal.expression(), view, origin(), signal.shared());
    }

    static Map<Role, float[]> tensors(Role first, float[] one, Role second, float @Nullable [] other) {
        Map<Role, float[]> tensors = new EnumMap<>(Role.class);
        tensors.put(first, one);
        if (other != null) {
            tensors.put(second, other);
        }
        return tensors;
    }

    /** @throws Refusal naming an attribute or input that was not asked for */
    void complete() throws Refusal {
        List<String> left = attributes.unread();
        if (!left.isEmpty()) {
            throw new Refusal("its attribute '" + Labels.shown(left.getFirst()) + "' cannot be read");
        }
        for (int i = 0; i < inputs.size(); i++) {
            if (inputs.get(i) != null && !read.get(i)) {
                throw new Refusal(named(i) + " cannot be read");
            }
        }
    }
}
