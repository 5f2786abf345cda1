package io.phyla.evaluators.onnx;

import io.phyla.evaluators.engine.Parameter.Role;
import io.phyla.evaluators.weights.TensorName;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network.Node;
import io.phyla.spaces.design.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The place in an ONNX graph where one layer is being written. */
final class Site implements Scribe {

    private final Translation translation;
    private final int index;
    private final Node node;

    Site(Translation translation, int index) {
        this.translation = translation;
        this.index = index;
        this.node = translation.network().nodes().get(index);
    }

    @Override
    public int opset() {
        return translation.opset();
    }

    Shape shape() {
        return translation.network().shapes().get(index);
    }

    Shape inputShape(int which) {
        return translation.network().shapes().get(node.inputs().get(which));
    }

    /** Whether this layer's value is N,C and not N,C,H,W; its inputs are then, too. */
    boolean vector() {
        return translation.outline().vector(index);
    }

    /** The first input in the form of this layer's value. */
    String input() {
        return input(0);
    }

    String input(int which) {
        return vector() ? vector(which) : map(which);
    }

    List<String> inputs() {
        return IntStream.range(0, node.inputs().size()).mapToObj(this::input).toList();
    }

    /** The first input as it is. */
    String value() {
        return translation.value(node.inputs().getFirst());
    }

    /** An input as N,C,H,W. */
    String map(int which) {
        return translation.map(node.inputs().get(which));
    }

    /** An input as N,C*H*W. */
    String vector(int which) {
        return translation.vector(node.inputs().get(which));
    }

    /** A node on the way to this layer's value. */
    @Override
    public String step(String name, String operator, List<String> inputs, Attributes attributes) {
        return graph().node(graph().unique(named(name)), operator, inputs, attributes);
    }

    /** The node that gives this layer's value. */
    void last(String operator, List<String> inputs, Attributes attributes) {
        translation.give(index, graph().node(translation.name(index), operator, inputs, attributes));
    }

    void last(String operator, List<String> inputs) {
        last(operator, inputs, Attributes.NONE);
    }

    /** What a normalisation folded into this layer makes of its numbers. */
    Folding.@Nullable Fold fold() {
        return translation.fold(index);
    }

    /** One of the layer's tensors, one dimension long. */
    String tensor(Role role) {
        return tensor(role, List.of(shape().channels()));
    }

    String tensor(Role role, List<Integer> shape) {
        return tensor(role, shape, () -> values(role));
    }

    float[] values(Role role) {
        return translation.weights().values(index, role);
    }

    String tensor(Role role, List<Integer> shape, Supplier<float[]> values) {
        String suffix = role.name().toLowerCase(Locale.ROOT);
        return graph().tensor(node.name() + "." + suffix, shape, values);
    }

    /** All of the layer's tensors. */
    List<TensorName> tensors() {
        return translation.weights().names().stream()
                .filter(name -> name.tensor().node() == index)
                .toList();
    }

    String tensor(TensorName name, List<Integer> shape) {
        return graph().tensor(name.name(), shape, () -> translation.weights().values(name));
    }

    /** The same number for each of so many channels. */
    String filled(String name, int size, float value) {
        return graph().tensor(named(name), List.of(size), () -> {
            float[] values = new float[size];
            Arrays.fill(values, value);
            return values;
        });
    }

    @Override
    public String scalar(String name, double value) {
        return graph().scalar(named(name), value);
    }

    @Override
    public String point(String name, double value) {
        return graph().tensor(named(name), List.of(1, 1, 1, 1), () -> new float[] {(float) value});
    }

    String numbers(String name, float... values) {
        return graph().tensor(named(name), List.of(values.length), values::clone);
    }

    @Override
    public String integers(String name, long... values) {
        return graph().integers(named(name), values);
    }

    Layer layer() {
        return node.layer();
    }

    private String named(String name) {
        return node.name() + "/" + name;
    }

    private OnnxGraph graph() {
        return translation.graph();
    }
}
