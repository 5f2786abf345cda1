package io.phyla.evaluators.engine;

import io.phyla.evaluators.engine.Execution.Mode;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Shape;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Gradients of the reference's other layers against central differences, over {@link SingleLayers}. */
class ReferenceGradientsTest {

    @Property(tries = 120)
    void transposedConvolution(@ForAll long seed, @ForAll boolean flow, @ForAll @IntRange(min = 1, max = 3) int batch) {
        GradientCheck.check(SingleLayers.of(seed).transposed(), batch, mode(flow), seed, 1);
    }

    @Property(tries = 60)
    void layerNormalization(@ForAll long seed, @ForAll boolean flow, @ForAll @IntRange(min = 1, max = 3) int batch) {
        GradientCheck.check(SingleLayers.of(seed).normalized(), batch, mode(flow), seed, 1);
    }

    @Property(tries = 160)
    void activations(@ForAll Layer.Activation.Function function, @ForAll long seed) {
        GradientCheck.check(SingleLayers.of(seed).with(new Layer.Activation(function)), 1, Mode.TRAINING, seed, 8);
    }

    @Property(tries = 40)
    void leakyRelu(@ForAll long seed) {
        GradientCheck.check(SingleLayers.of(seed).leaky(), 2, Mode.TRAINING, seed, 1);
    }

    @Property(tries = 80)
    void softmax(@ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int batch) {
        GradientCheck.check(SingleLayers.of(seed).softmax(), batch, Mode.TRAINING, seed, 3);
    }

    @Property(tries = 120)
    void matrixProduct(@ForAll long seed, @ForAll boolean transposed, @ForAll @IntRange(min = 1, max = 3) int batch) {
        GradientCheck.check(SingleLayers.of(seed).product(transposed), batch, Mode.TRAINING, seed, 1);
    }

    @Property(tries = 80)
    void maximum(@ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int batch) {
        GradientCheck.check(SingleLayers.of(seed).pooled(Layer.Pooling.Kind.MAXIMUM), batch, Mode.TRAINING, seed, 1);
    }

    @Property(tries = 60)
    void average(@ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int batch) {
        GradientCheck.check(SingleLayers.of(seed).pooled(Layer.Pooling.Kind.AVERAGE), batch, Mode.TRAINING, seed, 1);
    }

    @Property(tries = 80)
    void upsample(@ForAll long seed, @ForAll Layer.Upsample.Kind kind) {
        GradientCheck.check(SingleLayers.of(seed).upsampled(kind), 2, Mode.TRAINING, seed, 1);
    }

    @Property(tries = 120)
    void rectangularConvolution(@ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int batch) {
        GradientCheck.check(SingleLayers.of(seed).convolved(), batch, Mode.TRAINING, seed, 1);
    }

    private static Mode mode(boolean flow) {
        return flow ? Mode.FLOW : Mode.TRAINING;
    }

    /** Position-wise products make attention: the whole of it at once. */
    @Property(tries = 40)
    void attention(@ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int heads) {
        Network.Builder builder = new Network.Builder(new Shape(5, 2, 3));
        int query = builder.add("query", Layer.Convolution.of(2 * heads, 1, 1, 0), 0);
        int key = builder.add("key", Layer.Convolution.of(2 * heads, 1, 1, 0), 0);
        int value = builder.add("value", Layer.Convolution.of(3 * heads, 1, 1, 0), 0);
        int scores = builder.add("scores", new Layer.MatrixProduct(heads, true, 0.7), query, key);
        int weights = builder.add("weights", new Layer.Softmax(heads), scores);
        builder.add("mixed", new Layer.MatrixProduct(heads, false, 1), weights, value);
        GradientCheck.check(builder.build(), 2, Mode.TRAINING, seed, 1);
    }
}
