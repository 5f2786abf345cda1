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

    public static final int LOWEST_OPSET = 13;
    public static final int HIGHEST_OPSET = 26;

    public static final OnnxOptions DEFAULT = new OnnxOptions(21, false);

    public OnnxOptions {
        if (opset < LOWEST_OPSET || opset > HIGHEST_OPSET) {
            throw new IllegalArgumentException(
                    "the opset must be from " + LOWEST_OPSET + " to " + HIGHEST_OPSET + ", not " + opset);
        }
    }

    /**
     * The version of the file format that was current when the operator set was published
     * (<a href="https://github.com/onnx/onnx/blob/main/docs/Versioning.md">released versions</a>).
     */
    int irVersion() {
        if (opset <= 20) {
            return opset <= 14 ? 7 : opset <= 18 ? 8 : 9;
        }
        return opset <= 22 ? 10 : opset <= 24 ? opset - 12 : 13;
    }
}
