package io.phyla.evaluators.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import io.phyla.evaluators.export.Closeness;
import io.phyla.evaluators.export.Specimen;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Map;

/**
 * What another program makes of our models. Version 1.29 crashes when it is loaded into a process whose command line is longer
 * than about 3,500 characters, so tests need their class path from a manifest or a file, as Surefire hands it over.
 */
final class OnnxRuntime {

    private static final OrtEnvironment ENVIRONMENT =
            OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);

    private OnnxRuntime() {}

    /** That a model gives our outputs. */
    static void check(Specimen specimen, OnnxOptions options) throws IOException, OrtException {
        String what = specimen.name() + ", opset " + options.opset() + (options.foldBatchNorm() ? ", folded" : "");
        Closeness.check(what, specimen.outputs(), run(specimen, model(specimen, options)));
    }

    static byte[] model(Specimen specimen, OnnxOptions options) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        OnnxWriter.write(specimen.network(), specimen.weights(), options, out);
        return out.toByteArray();
    }

    /** A model's output for the specimen's images. */
    static float[] run(Specimen specimen, byte[] model) throws OrtException {
        long[] shape = {
            specimen.images().length / specimen.network().input().elements(),
            specimen.network().input().channels(),
            specimen.network().input().height(),
            specimen.network().input().width()
        };
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            try (OrtSession session = ENVIRONMENT.createSession(model, options);
                    OnnxTensor input = OnnxTensor.createTensor(ENVIRONMENT, FloatBuffer.wrap(specimen.images()), shape);
                    OrtSession.Result result = session.run(Map.of("images", input))) {
                FloatBuffer output = ((OnnxTensor) result.get("output").orElseThrow()).getFloatBuffer();
                float[] values = new float[output.remaining()];
                output.get(values);
                return values;
            }
        }
    }
}
