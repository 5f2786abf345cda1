package io.phyla.spaces.design;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** One layer of a {@link Network}. Shapes are logical N,C,H,W; how memory is laid out belongs to the execution plan. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "op")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Layer.Input.class, name = "input"),
    @JsonSubTypes.Type(value = Layer.Convolution.class, name = "convolution"),
    @JsonSubTypes.Type(value = Layer.BatchNormalization.class, name = "batch_normalization"),
    @JsonSubTypes.Type(value = Layer.Activation.class, name = "activation"),
    @JsonSubTypes.Type(value = Layer.Pooling.class, name = "pooling"),
    @JsonSubTypes.Type(value = Layer.GlobalPooling.class, name = "global_pooling"),
    @JsonSubTypes.Type(value = Layer.Add.class, name = "add"),
    @JsonSubTypes.Type(value = Layer.Zero.class, name = "zero"),
    @JsonSubTypes.Type(value = Layer.Linear.class, name = "linear"),
})
public sealed interface Layer {

    /** The network's images; the first node and no other. */
    record Input(Shape shape) implements Layer {}

    /**
     * Convolution with a square kernel; weights are O,I/groups,K,K.
     *
     * @param channels output channels
     */
    record Convolution(int channels, int kernel, int stride, int padding, int dilation, int groups, boolean bias)
            implements Layer {

        /** A dense convolution without bias. */
        public static Convolution of(int channels, int kernel, int stride, int padding) {
            return new Convolution(channels, kernel, stride, padding, 1, 1, false);
        }
    }

    /** Batch normalisation with learned scale and shift; biased variance over N,H,W in training. */
    record BatchNormalization(double epsilon, double momentum) implements Layer {
        public static final BatchNormalization DEFAULT = new BatchNormalization(1e-5, 0.1);
    }

    /** An element-wise function. */
    record Activation(Function function) implements Layer {

        /** The functions known by name. */
        public enum Function {
            RELU
        }

        public static final Activation RELU = new Activation(Function.RELU);
    }

    /** Pooling with a square window; the average does not count padding unless told so. */
    record Pooling(Kind kind, int kernel, int stride, int padding, boolean countPadding) implements Layer {

        /** How a window becomes one number. */
        public enum Kind {
            AVERAGE
        }

        public static Pooling average(int kernel, int stride, int padding) {
            return new Pooling(Kind.AVERAGE, kernel, stride, padding, false);
        }
    }

    /** Mean over H,W: C,H,W becomes C,1,1. */
    record GlobalPooling() implements Layer {}

    /** Sum of two or more inputs of one shape. */
    record Add() implements Layer {}

    /** Zeros of the input's shape; nothing flows back. */
    record Zero() implements Layer {}

    /** Matrix product over the sample flattened in C,H,W order; weights are O,I, with a bias if asked for. */
    record Linear(int features, boolean bias) implements Layer {}
}
