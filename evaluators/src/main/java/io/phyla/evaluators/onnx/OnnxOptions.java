package io.phyla.evaluators.onnx;

import io.phyla.spaces.schema.Param;

/** How a network is written as ONNX. */
public record OnnxOptions(
        @Param(
                description = "Version of the operator set",
                min = OnnxOptions.LOWEST_OPSET,
                max = OnnxOptions.HIGHEST_OPSET,
                byDefault = "21")
        int opset,

        @Param(
                description =
                        "Whether batch normalisation becomes part of the convolution or linear layer before it, where"
                                + " nothing else reads that one",
                byDefault = "false")
        boolean foldBatchNorm) {

    static final int LOWEST_OPSET = 13;
    static final int HIGHEST_OPSET = 23;

    public static final OnnxOptions DEFAULT = new OnnxOptions(21, false);

    public OnnxOptions {
        if (opset < LOWEST_OPSET || opset > HIGHEST_OPSET) {
            throw new IllegalArgumentException(
                    "the opset must be from " + LOWEST_OPSET + " to " + HIGHEST_OPSET + ", not " + opset);
        }
    }

    /** The version of the file format that came with the operator set. */
    int irVersion() {
        return opset <= 14 ? 7 : opset <= 18 ? 8 : opset <= 20 ? 9 : opset <= 22 ? 10 : 11;
    }
}
