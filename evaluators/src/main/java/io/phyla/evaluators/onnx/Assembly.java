package io.phyla.evaluators.onnx;

import io.phyla.evaluators.engine.Parameter.Role;
import io.phyla.evaluators.weights.Weights;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Network.Node;
import io.phyla.spaces.design.Shape;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The network as far as it has been read, with its numbers; everything is counted before it is added. */
final class Assembly {

    private final OnnxLimits limits;
    private final List<Draft> drafts = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private final Map<String, Integer> suffixes = new HashMap<>();
    private final BitSet pinned = new BitSet();
    private long activations;
    private long parameters;

    Assembly(OnnxLimits limits) {
        this.limits = limits;
    }

    Draft draft(int layer) {
        return drafts.get(layer);
    }

    /** Layers so far. */
    int size() {
        return drafts.size();
    }

    Shape shape(int layer) {
        return drafts.get(layer).shape();
    }

    int add(String name, Layer layer, Integer... inputs) throws Refusal {
        return add(name, layer, Map.of(), inputs);
    }

    /** @throws Refusal if the inputs do not fit the layer, or it is one too many */
    int add(String name, Layer layer, Map<Role, float[]> tensors, Integer... inputs) throws Refusal {
        String free = unique(name);
        List<Integer> from = List.of(inputs);
        Shape shape;
        try {
            shape = Network.shape(free, layer, from.stream().map(this::shape).toList());
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new Refusal(String.valueOf(e.getMessage()));
        }
        Draft draft = new Draft(free, layer, tensors, from, shape);
        if (shape.elements() > limits.activations() - activations) {
            throw new Refusal("with its output of " + shape + " all layers have more than the allowed "
                    + limits.activations() + " elements for one sample");
        }
        if (drafts.size() > 4L * limits.nodes()) {
            throw new Refusal("the network has more layers than the allowed " + 4L * limits.nodes());
        }
        grow(draft.parameters());
        activations += shape.elements();
        names.add(free);
        drafts.add(draft);
        return drafts.size() - 1;
    }

    private void grow(long more) throws Refusal {
        requireRoom(more);
        parameters += more;
    }

    /** @throws Refusal if there may not be so many more numbers */
    void requireRoom(long more) throws Refusal {
        if (more > limits.parameters() - parameters) {
            throw new Refusal("with its numbers all layers have more than the allowed " + limits.parameters());
        }
    }

    /** Nobody may change this layer from now on: what it gives is read elsewhere, too. */
    void pin(int layer) {
        pinned.set(layer);
    }

    boolean pinned(int layer) {
        return pinned.get(layer);
    }

    /** Puts a layer that also does what followed it in its place. */
    void replace(int layer, Draft changed) throws Refusal {
        grow(changed.parameters() - drafts.get(layer).parameters());
        drafts.set(layer, changed);
    }

    private String unique(String name) {
        String free = name.isEmpty() ? "layer" : name;
        while (names.contains(free)) {
            free = name + "_" + suffixes.merge(name, 2, (last, _) -> last + 1);
        }
        return free;
    }

    /** The network that ends in this layer, without what does not lead to it. */
    Weights finish(int output) {
        BitSet needed = new BitSet();
        needed.set(0);
        needed.set(output);
        for (int i = output; i >= 0; i--) {
            if (needed.get(i)) {
                drafts.get(i).inputs().forEach(needed::set);
            }
        }
        Map<Integer, Integer> moved = new HashMap<>();
        List<Node> nodes = new ArrayList<>();
        List<Draft> kept = new ArrayList<>();
        for (int i = needed.nextSetBit(0); i >= 0; i = needed.nextSetBit(i + 1)) {
            Draft draft = drafts.get(i);
            moved.put(i, nodes.size());
            nodes.add(new Node(
                    draft.name(),
                    draft.layer(),
                    draft.inputs().stream().map(moved::get).toList()));
            kept.add(draft);
        }
        return Weights.of(Network.of(nodes), tensor -> {
            Draft draft = kept.get(tensor.tensor().node());
            return draft.tensors().getOrDefault(tensor.tensor().role(), new float[0]);
        });
    }
}
