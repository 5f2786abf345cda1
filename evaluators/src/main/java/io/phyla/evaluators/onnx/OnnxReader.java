package io.phyla.evaluators.onnx;

import io.phyla.evaluators.weights.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads ONNX models of opsets 7 to 23 into networks with their numbers: convolutional networks and perceptrons as exporters
 * write them, for a batch of any size. What is computed is the same to the rounding of floats, or the model is refused;
 * nothing in the file is believed before it is checked.
 *
 * @see <a href="https://github.com/onnx/onnx/blob/main/docs/Operators.md">the operators</a>
 */
public final class OnnxReader {

    /** Nobody reads more. */
    static final int MOST_FAULTS = 100;

    private OnnxReader() {}

    /**
     * @throws IOException if the file cannot be read or is no ONNX model at all
     * @throws OnnxException with everything found that keeps the model from becoming a network
     */
    public static OnnxModel read(Path file, OnnxLimits limits) throws IOException, OnnxException {
        ModelFile model = ModelFile.read(file, limits);
        Set<String> notes = model.notes();
        List<Fault> faults = new ArrayList<>();
        Graph graph = Graph.of(model.model().getGraph(), faults, notes);
        Weights weights =
                faults.isEmpty() ? new Reading(graph, model.opset(), limits, faults, notes).run() : null;
        if (weights == null) {
            throw new OnnxException(faults.subList(0, Math.min(faults.size(), MOST_FAULTS)));
        }
        return new OnnxModel(
                weights.network(),
                weights,
                model.producer(),
                model.opset(),
                notes.stream().limit(MOST_FAULTS).toList());
    }
}
