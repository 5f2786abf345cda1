package io.phyla.evaluators.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import io.phyla.evaluators.weights.Weights;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Map;

/** What another program makes of our models. */
final class OnnxRuntime {

    private static final OrtEnvironment ENVIRONMENT =
            OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);

    private OnnxRuntime() {}

    static byte[] model(Network network, Weights weights, OnnxOptions options) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        OnnxWriter.write(network, weights, options, out);
        return out.toByteArray();
    }

    /** The output for images N,C,H,W. */
    static float[] run(byte[] model, Shape shape, float[] images) throws OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            try (OrtSession session = ENVIRONMENT.createSession(model, options)) {
                return run(session, shape, images);
            }
        }
    }

    private static float[] run(OrtSession session, Shape shape, float[] images) throws OrtException {
        long[] dimensions = {images.length / shape.elements(), shape.channels(), shape.height(), shape.width()};
        try (OnnxTensor input = OnnxTensor.createTensor(ENVIRONMENT, FloatBuffer.wrap(images), dimensions);
                OrtSession.Result result = session.run(Map.of("images", input))) {
            FloatBuffer output = ((OnnxTensor) result.get("output").orElseThrow()).getFloatBuffer();
            float[] values = new float[output.remaining()];
            output.get(values);
            return values;
        }
    }
}
