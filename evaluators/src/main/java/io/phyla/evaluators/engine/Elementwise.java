package io.phyla.evaluators.engine;

import static org.bytedeco.dnnl.global.dnnl.*;

import io.phyla.evaluators.engine.UnaryKernels.Reads;
import io.phyla.spaces.design.Layer;

/**
 * What oneDNN calls an activation function. Wherever the derivative follows from the output, the algorithm is one that reads
 * the output, so that the input's memory is free after the forward run.
 */
record Elementwise(int algorithm, float alpha, float beta, Reads reads) {

    static Elementwise of(Layer.Activation.Function function) {
        return switch (function) {
            case RELU -> new Elementwise(dnnl_eltwise_relu_use_dst_for_bwd, 0, 0, Reads.OUTPUT);
            case RELU6 -> new Elementwise(dnnl_eltwise_clip_v2_use_dst_for_bwd, 0, 6, Reads.OUTPUT);
            case HARD_SWISH -> new Elementwise(dnnl_eltwise_hardswish, 1f / 6, 0.5f, Reads.INPUT);
            case HARD_SIGMOID -> new Elementwise(dnnl_eltwise_hardsigmoid, 1f / 6, 0.5f, Reads.INPUT);
            case SWISH -> new Elementwise(dnnl_eltwise_swish, 1, 0, Reads.INPUT);
            case SIGMOID -> new Elementwise(dnnl_eltwise_logistic_use_dst_for_bwd, 0, 0, Reads.OUTPUT);
            case TANH -> new Elementwise(dnnl_eltwise_tanh_use_dst_for_bwd, 0, 0, Reads.OUTPUT);
            case GELU -> new Elementwise(dnnl_eltwise_gelu_erf, 0, 0, Reads.INPUT);
        };
    }

    /** Only a slope that is not negative leaves the input's sign to the output. */
    static Elementwise leaky(double slope) {
        return slope >= 0
                ? new Elementwise(dnnl_eltwise_relu_use_dst_for_bwd, (float) slope, 0, Reads.OUTPUT)
                : new Elementwise(dnnl_eltwise_relu, (float) slope, 0, Reads.INPUT);
    }
}
