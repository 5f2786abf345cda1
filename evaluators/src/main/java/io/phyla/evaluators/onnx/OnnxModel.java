package io.phyla.evaluators.onnx;

import io.phyla.evaluators.weights.Weights;
import io.phyla.spaces.design.Network;
import java.util.List;

/**
 * What was read from an ONNX model.
 *
 * @param producer who says to have written it, with its version; empty if nobody does
 * @param opset version of the standard operators it is written in
 * @param notes what was left out or read as something else without changing what is computed
 */
public record OnnxModel(Network network, Weights weights, String producer, long opset, List<String> notes) {
    public OnnxModel {
        notes = List.copyOf(notes);
    }
}
