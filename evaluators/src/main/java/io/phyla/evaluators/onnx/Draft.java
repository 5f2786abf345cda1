package io.phyla.evaluators.onnx;

import io.phyla.evaluators.engine.Parameter.Role;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Shape;
import java.util.List;
import java.util.Map;

/** A layer that may still take up a factor or a summand that follows it. */
record Draft(String name, Layer layer, Map<Role, float[]> tensors, List<Integer> inputs, Shape shape) {

    Draft with(Layer changed, Map<Role, float[]> numbers) {
        return new Draft(name, changed, numbers, inputs, shape);
    }

    long parameters() {
        return tensors.values().stream().mapToLong(values -> values.length).sum();
    }
}
