package io.phyla.evaluators.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.phyla.evaluators.engine.Execution.Mode;
import io.phyla.evaluators.engine.Plan;
import io.phyla.evaluators.weights.Weights;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Holds what a network computes to what ONNX Runtime computes of the model it was read from. */
final class Judge {

    private static final double TOLERANCE = 1e-4;

    private Judge() {}

    static OnnxModel agree(Path file, long... input) throws Exception {
        OnnxModel model = OnnxReader.read(file, OnnxLimits.DEFAULT);
        int elements = 1;
        for (long dim : input) {
            elements *= (int) dim;
        }
        SplittableRandom random = new SplittableRandom(11);
        float[] images = new float[elements];
        for (int i = 0; i < elements; i++) {
            images[i] = (float) random.nextDouble(-4, 4);
        }
        compare(ours(model.weights(), (int) input[0], images), theirs(file, images, input));
        return model;
    }

    static double[] ours(Weights weights, int batch, float[] images) {
        try (Plan plan = Plan.compile(weights.network(), batch, 1L << 30)) {
            weights.load(plan);
            plan.input(images);
            plan.forward(Mode.INFERENCE);
            return plan.output();
        }
    }

    static float[] theirs(Path file, float[] images, long... dims) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            try (OrtSession session = environment.createSession(file.toString(), options);
                    OnnxTensor tensor = OnnxTensor.createTensor(environment, FloatBuffer.wrap(images), dims);
                    OrtSession.Result result =
                            session.run(Map.of(List.copyOf(session.getInputNames()).getFirst(), tensor))) {
                FloatBuffer output = ((OnnxTensor) result.get(0)).getFloatBuffer();
                float[] values = new float[output.remaining()];
                output.get(values);
                return values;
            }
        }
    }

    /** To 1e-4 of the largest value, or of 1 if all are smaller. */
    static void compare(double[] ours, float[] theirs) {
        assertThat(ours).hasSameSizeAs(theirs);
        double largest = 1;
        for (float value : theirs) {
            largest = Math.max(largest, Math.abs(value));
        }
        for (int i = 0; i < ours.length; i++) {
            assertThat(ours[i]).as("element %d of %d", i, ours.length).isBetween(
                    theirs[i] - TOLERANCE * largest, theirs[i] + TOLERANCE * largest);
        }
    }
}
