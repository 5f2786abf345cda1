package io.phyla.spaces.design;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * One layer of a {@link Network}. Shapes are logical N,C,H,W; how memory is laid out belongs to the execution plan. Layers that
 * mix positions of a sequence read H,W as positions and C as features, so that a convolution with kernel 1 is what is applied
 * to each token.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "op")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Layer.Input.class, name = "input"),
    @JsonSubTypes.Type(value = Layer.Convolution.class, name = "convolution"),
    @JsonSubTypes.Type(value = Layer.TransposedConvolution.class, name = "transposed_convolution"),
    @JsonSubTypes.Type(value = Layer.Linear.class, name = "linear"),
    @JsonSubTypes.Type(value = Layer.BatchNormalization.class, name = "batch_normalization"),
    @JsonSubTypes.Type(value = Layer.GroupNormalization.class, name = "group_normalization"),
    @JsonSubTypes.Type(value = Layer.LayerNormalization.class, name = "layer_normalization"),
    @JsonSubTypes.Type(value = Layer.InstanceNormalization.class, name = "instance_normalization"),
    @JsonSubTypes.Type(value = Layer.Program.class, name = "program"),
    @JsonSubTypes.Type(value = Layer.Activation.class, name = "activation"),
    @JsonSubTypes.Type(value = Layer.LeakyRelu.class, name = "leaky_relu"),
    @JsonSubTypes.Type(value = Layer.Softmax.class, name = "softmax"),
    @JsonSubTypes.Type(value = Layer.MatrixProduct.class, name = "matrix_product"),
    @JsonSubTypes.Type(value = Layer.Pooling.class, name = "pooling"),
    @JsonSubTypes.Type(value = Layer.GlobalPooling.class, name = "global_pooling"),
    @JsonSubTypes.Type(value = Layer.Add.class, name = "add"),
    @JsonSubTypes.Type(value = Layer.Multiply.class, name = "multiply"),
    @JsonSubTypes.Type(value = Layer.Concat.class, name = "concat"),
    @JsonSubTypes.Type(value = Layer.Pad.class, name = "pad"),
    @JsonSubTypes.Type(value = Layer.Flatten.class, name = "flatten"),
    @JsonSubTypes.Type(value = Layer.PixelShuffle.class, name = "pixel_shuffle"),
    @JsonSubTypes.Type(value = Layer.Upsample.class, name = "upsample"),
    @JsonSubTypes.Type(value = Layer.Dropout.class, name = "dropout"),
    @JsonSubTypes.Type(value = Layer.Zero.class, name = "zero"),
})
public sealed interface Layer {

    /** The network's images; the first node and no other. */
    record Input(Shape shape) implements Layer {}

    /**
     * Convolution; weights are O,I/groups,Kh,Kw. With as many groups as input channels it is depthwise.
     *
     * @param channels output channels
     * @param padding zeros on either side of each direction
     */
    record Convolution(
            int channels, Extent kernel, Extent stride, Extent padding, Extent dilation, int groups, boolean bias)
            implements Layer {

        /** With everything square. */
        public Convolution(int channels, int kernel, int stride, int padding, int dilation, int groups, boolean bias) {
            this(channels, Extent.of(kernel), Extent.of(stride), Extent.of(padding), Extent.of(dilation), groups, bias);
        }

        /** A dense convolution without bias. */
        public static Convolution of(int channels, int kernel, int stride, int padding) {
            return new Convolution(channels, kernel, stride, padding, 1, 1, false);
        }

        /** Each channel by itself, padded so that stride 1 keeps the size; odd kernels, without bias. */
        public static Convolution depthwise(int channels, int kernel, int stride) {
            return new Convolution(channels, kernel, stride, kernel / 2, 1, channels, false);
        }
    }

    /**
     * The gradient of a convolution as a layer of its own: each input pixel spreads over a window of the output. Weights are
     * I,O/groups,Kh,Kw. Output size is {@code (in - 1) * stride - 2 * padding + dilation * (kernel - 1) + 1 + outputPadding}.
     *
     * @param channels output channels
     * @param padding rows and columns cut off on either side
     * @param outputPadding rows and columns added at the lower right end, less than the stride
     */
    record TransposedConvolution(
            int channels,
            Extent kernel,
            Extent stride,
            Extent padding,
            Extent outputPadding,
            Extent dilation,
            int groups,
            boolean bias)
            implements Layer {}

    /** Matrix product over the sample flattened in C,H,W order; weights are O,I, with a bias if asked for. */
    record Linear(int features, boolean bias) implements Layer {}

    /**
     * Batch normalisation with learned scale and shift (Ioffe, Szegedy, ICML 2015); biased variance over N,H,W in training,
     * moving averages in inference.
     *
     * @param momentum share of a new batch in the moving averages
     */
    record BatchNormalization(double epsilon, double momentum) implements Layer {
        public static final BatchNormalization DEFAULT = new BatchNormalization(1e-5, 0.1);
    }

    /**
     * Normalisation of each sample's groups of channels over their C,H,W, with a scale and a shift per channel (Wu, He, ECCV
     * 2018). One group is what is often called layer normalisation of a map.
     */
    record GroupNormalization(int groups, double epsilon) implements Layer {}

    /** Normalisation of each position over its channels, with a scale and a shift per channel (Ba, Kiros, Hinton, 2016). */
    record LayerNormalization(double epsilon) implements Layer {}

    /** Normalisation of each channel of each sample over H,W, with a scale and a shift per channel (Ulyanov et al., 2016). */
    record InstanceNormalization(double epsilon) implements Layer {}

    /**
     * A layer given by its program, with vectors, scale and shift of its own. Moments of the batch have moving averages for
     * inference: of a mean the mean, of a root mean square the mean square, of a deviation the biased variance.
     *
     * @param momentum share of a new batch in the moving averages
     */
    record Program(LayerProgram program, double momentum) implements Layer {

        public static final double MOMENTUM = 0.1;

        public Program(LayerProgram program) {
            this(program, MOMENTUM);
        }
    }

    /** An element-wise function without parameters. */
    record Activation(Function function) implements Layer {

        /** The functions known by name. */
        public enum Function {
            /** max(0, x). */
            RELU,
            /** min(max(0, x), 6). */
            RELU6,
            /** x * hard-sigmoid(x). */
            HARD_SWISH,
            /** min(max(0, x + 3), 6) / 6. */
            HARD_SIGMOID,
            /** x * sigmoid(x). */
            SWISH,
            /** 1 / (1 + e^-x). */
            SIGMOID,
            TANH,
            /** x times the normal distribution's cumulative density, exact and not by tanh. */
            GELU
        }

        public static final Activation RELU = new Activation(Function.RELU);
    }

    /** x, or slope times x where x is negative. */
    record LeakyRelu(double slope) implements Layer {}

    /**
     * Softmax over channels at each position, within each of so many equal groups (attention: one per head).
     */
    record Softmax(int groups) implements Layer {}

    /**
     * The product of two computed matrices, rows being positions and columns channels, for each head by itself: attention
     * (Vaswani et al., 2017) is a transposed product, a softmax per head and a plain product.
     *
     * <p>The first input is P positions of {@code heads * K} channels. Transposed, the second has Q positions of
     * {@code heads * K} channels, and the product A B^T has {@code heads * Q} channels at P positions. Plain, the second has K
     * positions of {@code heads * M} channels, and the product A B has {@code heads * M} channels at P positions.
     *
     * @param scale what the product is multiplied by, such as {@code 1 / sqrt(K)}
     */
    record MatrixProduct(int heads, boolean transposed, double scale) implements Layer {}

    /** Pooling over windows; the average does not count padding unless told so, the maximum never does. */
    record Pooling(Kind kind, Extent kernel, Extent stride, Extent padding, boolean countPadding) implements Layer {

        /** How a window becomes one number. */
        public enum Kind {
            AVERAGE,
            MAXIMUM
        }

        /** With everything square. */
        public Pooling(Kind kind, int kernel, int stride, int padding, boolean countPadding) {
            this(kind, Extent.of(kernel), Extent.of(stride), Extent.of(padding), countPadding);
        }

        public static Pooling average(int kernel, int stride, int padding) {
            return new Pooling(Kind.AVERAGE, kernel, stride, padding, false);
        }

        public static Pooling maximum(int kernel, int stride, int padding) {
            return new Pooling(Kind.MAXIMUM, kernel, stride, padding, false);
        }
    }

    /** Mean over H,W: C,H,W becomes C,1,1. */
    record GlobalPooling() implements Layer {}

    /** Sum of two or more inputs of one shape. */
    record Add() implements Layer {}

    /** Product of two inputs; the second may be C,1,1 and then multiplies every position (squeeze-excitation). */
    record Multiply() implements Layer {}

    /** Inputs of one H,W, their channels one behind the other. */
    record Concat() implements Layer {}

    /** Zeros around the map; negative numbers cut it. */
    record Pad(int top, int bottom, int left, int right) implements Layer {}

    /** C,H,W becomes C*H*W,1,1 in this order. */
    record Flatten() implements Layer {}

    /**
     * C*r*r,H,W becomes C,H*r,W*r: channel {@code c*r*r + i*r + j} supplies the pixels at row i, column j of each r by r square
     * (Shi et al., CVPR 2016).
     */
    record PixelShuffle(int factor) implements Layer {}

    /** Enlarges by a whole factor; linear samples lie at pixel centres, so that corners are not aligned. */
    record Upsample(int factor, Kind kind) implements Layer {

        /** Where a new pixel comes from. */
        public enum Kind {
            NEAREST,
            LINEAR
        }
    }

    /**
     * In training each element is zero with this probability and else divided by one minus it; in inference nothing happens.
     */
    record Dropout(double probability) implements Layer {}

    /** Zeros of the input's shape; nothing flows back. */
    record Zero() implements Layer {}
}
