package io.phyla.evaluators.engine;

import io.phyla.evaluators.engine.Execution.Mode;
import io.phyla.spaces.design.Extent;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Shape;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What each kind of layer costs by itself at batch 64: forward, and forward with all gradients. */
@State(Scope.Thread)
@BenchmarkMode(org.openjdk.jmh.annotations.Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 4, time = 1)
public class LayerBenchmark {

    private static final int BATCH = 64;

    /** Which layer on which maps. */
    public enum Subject {
        CONVOLUTION_3X3_16(16, 32, Layer.Convolution.of(16, 3, 1, 1)),
        CONVOLUTION_3X3_32(32, 16, Layer.Convolution.of(32, 3, 1, 1)),
        CONVOLUTION_3X3_64(64, 8, Layer.Convolution.of(64, 3, 1, 1)),
        CONVOLUTION_1X1_64(64, 16, Layer.Convolution.of(64, 1, 1, 0)),
        DEPTHWISE_3X3(64, 16, Layer.Convolution.depthwise(64, 3, 1)),
        DEPTHWISE_5X5(64, 16, Layer.Convolution.depthwise(64, 5, 1)),
        DEPTHWISE_7X7(64, 16, Layer.Convolution.depthwise(64, 7, 1)),
        DEPTHWISE_3X3_HOLES(64, 16, new Layer.Convolution(64, 3, 1, 2, 2, 64, false)),
        DEPTHWISE_5X5_HOLES(64, 16, new Layer.Convolution(64, 5, 1, 4, 2, 64, false)),
        TRANSPOSED_4X4(
                32,
                16,
                new Layer.TransposedConvolution(
                        32, Extent.of(4), Extent.of(2), Extent.ONE, Extent.ZERO, Extent.ONE, 1, false)),
        LINEAR(64, 8, new Layer.Linear(64, true)),
        BATCH_NORMALIZATION(16, 32, Layer.BatchNormalization.DEFAULT),
        GROUP_NORMALIZATION(64, 16, new Layer.GroupNormalization(8, 1e-5)),
        INSTANCE_NORMALIZATION(64, 16, new Layer.InstanceNormalization(1e-5)),
        LAYER_NORMALIZATION(64, 16, new Layer.LayerNormalization(1e-5)),
        RELU(16, 32, Layer.Activation.RELU),
        RELU6(16, 32, new Layer.Activation(Layer.Activation.Function.RELU6)),
        HARD_SWISH(16, 32, new Layer.Activation(Layer.Activation.Function.HARD_SWISH)),
        HARD_SIGMOID(16, 32, new Layer.Activation(Layer.Activation.Function.HARD_SIGMOID)),
        SWISH(16, 32, new Layer.Activation(Layer.Activation.Function.SWISH)),
        SIGMOID(16, 32, new Layer.Activation(Layer.Activation.Function.SIGMOID)),
        TANH(16, 32, new Layer.Activation(Layer.Activation.Function.TANH)),
        GELU(16, 32, new Layer.Activation(Layer.Activation.Function.GELU)),
        LEAKY_RELU(16, 32, new Layer.LeakyRelu(0.1)),
        SOFTMAX(256, 8, new Layer.Softmax(4)),
        AVERAGE_POOLING(16, 32, Layer.Pooling.average(3, 1, 1)),
        MAXIMUM_POOLING(16, 32, Layer.Pooling.maximum(3, 1, 1)),
        GLOBAL_POOLING(64, 8, new Layer.GlobalPooling()),
        UPSAMPLE_NEAREST(16, 16, new Layer.Upsample(2, Layer.Upsample.Kind.NEAREST)),
        UPSAMPLE_LINEAR(16, 16, new Layer.Upsample(2, Layer.Upsample.Kind.LINEAR)),
        ADD(16, 32, new Layer.Add()),
        MULTIPLY(16, 32, new Layer.Multiply()),
        CONCAT(16, 32, new Layer.Concat()),
        PAD(16, 32, new Layer.Pad(1, 1, 1, 1)),
        FLATTEN(64, 8, new Layer.Flatten()),
        PIXEL_SHUFFLE(64, 16, new Layer.PixelShuffle(2)),
        DROPOUT(64, 16, new Layer.Dropout(0.2)),
        /** Four heads, each 64 by 32 times the same transposed. */
        MATRIX_PRODUCT_TRANSPOSED(128, 8, new Layer.MatrixProduct(4, true, 0.2)),
        /** Four heads, each 64 by 64 times the same. */
        MATRIX_PRODUCT(256, 8, new Layer.MatrixProduct(4, false, 1));

        private final Shape input;
        private final Layer layer;

        Subject(int channels, int size, Layer layer) {
            this.input = new Shape(channels, size, size);
            this.layer = layer;
        }

        Network network() {
            Network.Builder builder = new Network.Builder(input);
            if (layer instanceof Layer.Add
                    || layer instanceof Layer.Multiply
                    || layer instanceof Layer.Concat
                    || layer instanceof Layer.MatrixProduct) {
                builder.add("layer", layer, 0, 0);
            } else {
                builder.add("layer", layer, 0);
            }
            return builder.build();
        }
    }

    @Param
    public Subject subject;

    private Plan plan;

    @Setup(Level.Trial)
    public void compile() {
        plan = Plan.compile(subject.network(), BATCH, 1L << 31);
        SplittableRandom random = new SplittableRandom(1);
        float[] images =
                new float[Math.toIntExact(BATCH * plan.network().input().elements())];
        for (int i = 0; i < images.length; i++) {
            images[i] = (float) random.nextDouble(-1, 1);
        }
        plan.input(images);
        new Initialization(1).load(plan);
        plan.forward(Mode.TRAINING);
        plan.backward(plan.output(), true);
    }

    @TearDown(Level.Trial)
    public void close() {
        plan.close();
    }

    @Benchmark
    public void forward() {
        plan.forward(Mode.TRAINING);
    }

    /** The gradient at the output is what the run before left there. */
    @Benchmark
    public void forwardBackward() {
        plan.forward(Mode.TRAINING);
        plan.backward(new Step.Wanted(true, true));
    }
}
