package io.phyla.evaluators.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.phyla.evaluators.engine.Execution.Mode;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Shape;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/**
 * One layer between two convolutions, over odd shapes: the reference against differences, the plan against the reference.
 * Channels from 1 to 19 lie on both sides of a vector register's multiples, maps begin at 1x1, batches at one sample.
 */
class LayerGradientsTest {

    @Property(tries = 60)
    void groupNormalization(
            @ForAll @IntRange(min = 1, max = 5) int groups,
            @ForAll @IntRange(min = 1, max = 4) int size,
            @ForAll @IntRange(min = 1, max = 7) int height,
            @ForAll @IntRange(min = 1, max = 3) int batch,
            @ForAll("backward") Mode mode,
            @ForAll long seed) {
        check(new Layer.GroupNormalization(groups, 0.1), new Shape(groups * size, height, 6), batch, mode, seed);
    }

    @Property(tries = 60)
    void instanceNormalization(
            @ForAll("shapes") Shape shape,
            @ForAll @IntRange(min = 1, max = 3) int batch,
            @ForAll("backward") Mode mode,
            @ForAll long seed) {
        check(new Layer.InstanceNormalization(0.1), shape, batch, mode, seed);
    }

    @Property(tries = 60)
    void multiplication(
            @ForAll("shapes") Shape shape,
            @ForAll @IntRange(min = 1, max = 3) int batch,
            @ForAll boolean broadcast,
            @ForAll("backward") Mode mode,
            @ForAll long seed) {
        Network.Builder builder = new Network.Builder(shape);
        int a = builder.add("a", Layer.Convolution.of(shape.channels(), 1, 1, 0), 0);
        int b = broadcast ? builder.add("mean", new Layer.GlobalPooling(), 0) : 0;
        b = builder.add("b", Layer.Convolution.of(shape.channels(), 1, 1, 0), b);
        builder.add("product", new Layer.Multiply(), a, b);
        compare(builder.build(), batch, mode, seed);
    }

    @Property(tries = 40)
    void concatenation(
            @ForAll("shapes") Shape shape,
            @ForAll @IntRange(min = 1, max = 9) int second,
            @ForAll @IntRange(min = 1, max = 9) int third,
            @ForAll("backward") Mode mode,
            @ForAll long seed) {
        Network.Builder builder = new Network.Builder(shape);
        int a = builder.add("a", Layer.Convolution.of(second, 1, 1, 0), 0);
        int b = builder.add("b", Layer.Convolution.of(third, 1, 1, 0), a);
        builder.add("concatenation", new Layer.Concat(), a, 0, b, a);
        compare(builder.build(), 2, mode, seed);
    }

    @Property(tries = 60)
    void padding(
            @ForAll("shapes") Shape shape,
            @ForAll @IntRange(min = -2, max = 2) int top,
            @ForAll @IntRange(min = -2, max = 2) int bottom,
            @ForAll @IntRange(min = -2, max = 2) int left,
            @ForAll @IntRange(min = -2, max = 2) int right,
            @ForAll("backward") Mode mode,
            @ForAll long seed) {
        Shape large = new Shape(shape.channels(), shape.height() + 4, shape.width() + 4);
        check(new Layer.Pad(top, bottom, left, right), large, 2, mode, seed);
    }

    @Property(tries = 30)
    void flattening(@ForAll("shapes") Shape shape, @ForAll("backward") Mode mode, @ForAll long seed) {
        check(new Layer.Flatten(), shape, 3, mode, seed);
    }

    @Property(tries = 40)
    void pixelShuffling(
            @ForAll("shapes") Shape shape,
            @ForAll @IntRange(min = 1, max = 3) int factor,
            @ForAll("backward") Mode mode,
            @ForAll long seed) {
        Shape deep = new Shape(shape.channels() % 5 * factor * factor + factor * factor, shape.height(), 2);
        check(new Layer.PixelShuffle(factor), deep, 2, mode, seed);
    }

    @Property(tries = 40)
    void dropout(
            @ForAll("shapes") Shape shape,
            @ForAll @IntRange(min = 0, max = 9) int tenths,
            @ForAll("backward") Mode mode,
            @ForAll long seed) {
        check(new Layer.Dropout(tenths / 10.0), shape, 2, mode, seed);
    }

    @Property(tries = 60)
    void rectifiedSums(
            @ForAll("shapes") Shape shape,
            @ForAll @IntRange(min = 1, max = 4) int terms,
            @ForAll @IntRange(min = 1, max = 4) int readers,
            @ForAll("backward") Mode mode,
            @ForAll long seed) {
        Network.Builder builder = new Network.Builder(shape);
        Integer[] summands = new Integer[terms + 1];
        for (int i = 0; i < terms; i++) {
            summands[i] = builder.add("term" + i, Layer.Convolution.of(shape.channels(), 1, 1, 0), 0);
        }
        summands[terms] = 0;
        int sum = builder.add("sum", new Layer.Add(), summands);
        Integer[] outputs = new Integer[readers + 1];
        for (int i = 0; i < readers; i++) {
            // Several rectifiers of one value run once.
            int rectified = builder.add("relu" + i, Layer.Activation.RELU, sum);
            outputs[i] = builder.add("reader" + i, Layer.Convolution.of(2, 1, 1, 0), rectified);
        }
        outputs[readers] = outputs[0];
        builder.add("concatenation", new Layer.Concat(), outputs);
        compare(builder.build(), 2, mode, seed);
    }

    /** Seeds choose what is dropped, kept elements keep the mean, and inference drops nothing. */
    @Test
    void dropoutDrawsByItsSeed() {
        Network.Builder builder = new Network.Builder(new Shape(5, 40, 41));
        builder.add("dropout", new Layer.Dropout(0.25), 0);
        int count = 3 * 5 * 40 * 41;
        float[] ones = new float[count];
        Arrays.fill(ones, 1);
        try (Plan plan = Plan.compile(builder.build(), 3, 1L << 30)) {
            plan.input(ones);
            plan.forward(Mode.TRAINING);
            double[] first = plan.output();
            plan.noise(7);
            plan.forward(Mode.TRAINING);
            double[] second = plan.output();
            assertThat(second).isNotEqualTo(first);
            plan.noise(0);
            plan.forward(Mode.TRAINING);
            assertThat(plan.output()).isEqualTo(first);
            assertThat(first).containsOnly(0, (float) (1 / 0.75));
            assertThat(Arrays.stream(first).average().orElseThrow()).isCloseTo(1, within(0.02));
            plan.forward(Mode.INFERENCE);
            assertThat(plan.output()).containsOnly(1);
        }
    }

    private static void check(Layer layer, Shape shape, int batch, Mode mode, long seed) {
        Network.Builder builder = new Network.Builder(shape);
        int before = builder.add("before", Layer.Convolution.of(shape.channels(), 1, 1, 0), 0);
        int middle = builder.add("layer", layer, before);
        builder.add("after", Layer.Convolution.of(3, 1, 1, 0), middle);
        compare(builder.build(), batch, mode, seed);
    }

    @Provide
    Arbitrary<Shape> shapes() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 19),
                        Arbitraries.integers().between(1, 7),
                        Arbitraries.integers().between(1, 7))
                .as(Shape::new);
    }

    /** The modes that have a backward run. */
    @Provide
    Arbitrary<Mode> backward() {
        return Arbitraries.of(Mode.TRAINING, Mode.FLOW);
    }

    private static void compare(Network network, int batch, Mode mode, long seed) {
        GradientCheck.check(network, batch, mode, seed, 1);
        Comparison.run(network, batch, mode, seed, 1);
    }
}
