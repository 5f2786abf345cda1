package io.phyla.evaluators.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.phyla.evaluators.data.Batch;
import io.phyla.evaluators.data.Dataset;
import io.phyla.evaluators.engine.Gaussian;
import io.phyla.evaluators.engine.Initialization;
import io.phyla.evaluators.engine.MemoryLimitException;
import io.phyla.evaluators.engine.Parameter;
import io.phyla.evaluators.engine.Plan;
import io.phyla.evaluators.engine.ReferenceExecution;
import io.phyla.evaluators.engine.SplitMix;
import io.phyla.spaces.design.Extent;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Shape;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Proxies of gradients and of own networks where the result is known. */
class KnownProxiesTest {

    /** One linear layer, y = w x: on two outputs and two images everything can be written down. */
    private static Network linear(int inputs, int outputs) {
        Network.Builder builder = new Network.Builder(new Shape(inputs, 1, 1));
        builder.add("linear", new Layer.Linear(outputs, false), 0);
        return builder.build();
    }

    @Test
    void gradientProxiesOfOneLinearLayer() {
        Network network = linear(1, 2);
        double[] w = new Initialization(1).draw(Parameter.of(network)).getFirst();
        double[] x = {0.7, -0.4};
        int[] labels = {0, 1};
        double[] g = new double[2];
        double[] products = new double[4];
        double change = 0;
        for (int n = 0; n < 2; n++) {
            double p = 1 / (1 + Math.exp((w[1] - w[0]) * x[n]));
            change += p * (1 - p) * (w[0] - w[1]) * x[n] * x[n] / 2;
            double[] dy = {(p - (1 - labels[n])) / 2, ((1 - p) - labels[n]) / 2};
            for (int c = 0; c < 2; c++) {
                g[c] += dy[c] * x[n];
                products[n * 2 + c] = w[c] * x[n] * dy[c];
            }
        }
        double fisher = 0;
        for (double product : products) {
            fisher += product * product / 4;
        }
        try (ProxyPass pass = Exact.pass(network, x, x, labels)) {
            assertThat(new L2Norm().compute(pass)).isCloseTo(Math.hypot(w[0], w[1]), within(1e-15));
            assertThat(new GradientNorm().compute(pass)).isCloseTo(Math.hypot(g[0], g[1]), within(1e-15));
            assertThat(new Snip().compute(pass))
                    .isCloseTo(Math.abs(w[0] * g[0]) + Math.abs(w[1] * g[1]), within(1e-15));
            assertThat(new Plain().compute(pass)).isCloseTo(w[0] * g[0] + w[1] * g[1], within(1e-15));
            assertThat(new Fisher().compute(pass)).isCloseTo(fisher, within(1e-15));
            assertThat(new Grasp().compute(pass)).isCloseTo((g[1] - g[0]) * change, within(1e-7));
        }
    }

    /** Two images seen twice have the same gradients: nothing deviates, so nothing is defined. */
    @Test
    void zicoNeedsTwoDifferentBatches() {
        Network network = linear(2, 3);
        double[] images = {1, 2, -1, 0.5};
        try (ProxyPass pass = Exact.pass(network, images, images, new int[] {0, 2})) {
            assertThat(new Zico().compute(pass)).isNaN();
        }
    }

    /** The gradient of an image's outputs is the image itself, once per output: Theta = outputs * X X'. */
    @Test
    void tangentKernelOfALinearLayer() {
        double[] images = {3, 0, 0, 4};
        try (ProxyPass pass = Exact.pass(linear(2, 5), images, images, new int[] {0, 1})) {
            assertThat(new NtkCondition().compute(pass)).isCloseTo(16.0 / 9, within(1e-12));
        }
        double[] parallel = {1, 2, 2, 4};
        try (ProxyPass pass = Exact.pass(linear(2, 5), parallel, parallel, new int[] {0, 1})) {
            assertThat(new NtkCondition().compute(pass)).isEqualTo(Double.POSITIVE_INFINITY);
        }
        double[] nothing = new double[4];
        try (ProxyPass pass = Exact.pass(linear(2, 5), nothing, nothing, new int[] {0, 1})) {
            assertThat(new NtkCondition().compute(pass)).isNaN();
        }
    }

    @Test
    void theTangentKernelIsRefusedBeforeItsRowsAreAllocated() {
        Network network = linear(1000, 100);
        long plan = Plan.bytes(network, 8);
        Batch images = new Batch(new float[8000], new int[8], 1000, 1);
        ProxyInputs inputs = new ProxyInputs(images, images, List.of(), 8, 1);
        try (ProxyPass pass = new ProxyPass(
                network, inputs, (it, batch) -> Plan.compile(it, batch, plan + 3_000_000), new Initialization(1))) {
            assertThatThrownBy(() -> new NtkCondition().compute(pass))
                    .isInstanceOfSatisfying(MemoryLimitException.class, e -> {
                        assertThat(e.layer()).isEqualTo("linear");
                        assertThat(e.bytes()).isEqualTo(plan + 8 * 400_000);
                        assertThat(e.limit()).isEqualTo(plan + 3_000_000);
                    });
        }
    }

    /** Without normalisation y is linear: the change is 0.01 W d, and the score its logarithm. */
    @Test
    void zenOfALinearConvolutionIsTheMeanSizeOfTheChange() {
        Network.Builder builder = new Network.Builder(new Shape(1, 2, 2));
        int convolution = builder.add("convolution", Layer.Convolution.of(1, 1, 1, 0), 0);
        builder.add("mean", new Layer.GlobalPooling(), convolution);
        Network network = builder.build();
        double[] images = new double[8 * 4];
        try (ProxyPass pass = Exact.pass(network, images, images, new int[8])) {
            long seed = new SplitMix(1).nextLong();
            Gaussian random = new Gaussian(seed);
            double weight = Math.abs(random.next());
            for (int i = 0; i < images.length; i++) {
                random.next();
            }
            double change = 0;
            for (int i = 0; i < images.length; i++) {
                change += 0.01 * Math.abs(random.next()) * weight / 8;
            }
            assertThat(new Zen().compute(pass)).isCloseTo(Math.log(change), within(1e-4));
        }
    }

    @Test
    void gaussianNumbersAreNormal() {
        Gaussian random = new Gaussian(3);
        double sum = 0;
        double squares = 0;
        double fourth = 0;
        int count = 200_000;
        for (int i = 0; i < count; i++) {
            double value = random.next();
            sum += value;
            squares += value * value;
            fourth += value * value * value * value;
        }
        assertThat(sum / count).isCloseTo(0, within(0.01));
        assertThat(squares / count).isCloseTo(1, within(0.01));
        assertThat(fourth / count).isCloseTo(3, within(0.08));
    }

    /** One rectified channel of one weight: an input is on the one side of its mean or on the other. */
    @Test
    void oneRectifierCutsEachPixelInTwo() {
        Network.Builder builder = new Network.Builder(new Shape(1, 8, 8));
        int convolution = builder.add("convolution", Layer.Convolution.of(4, 1, 1, 0), 0);
        builder.add("relu", Layer.Activation.RELU, convolution);
        float[] crops = new float[Crops.BATCH * Crops.PIXELS];
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < crops.length; i++) {
            crops[i] = i % Crops.PIXELS < 2 ? random.nextInt(2) * 2 - 1 : 1;
        }
        Batch images = new Batch(new float[2 * 64], new int[2], 1, 8);
        ProxyInputs inputs = new ProxyInputs(images, images, List.of(crops, crops), 2, 1);
        try (ProxyPass pass = new ProxyPass(builder.build(), inputs, ReferenceExecution::new, new Initialization(1))) {
            assertThat(new LinearRegions().compute(pass)).isEqualTo(4);
            assertThat(pass.cost()).isEqualTo(2 * Crops.BATCH * Crops.PIXELS);
        }
    }

    /** Four images of 2x2 pixels. */
    private record Tiny() implements Dataset {

        @Override
        public String name() {
            return "tiny";
        }

        @Override
        public int classes() {
            return 2;
        }

        @Override
        public int channels() {
            return 1;
        }

        @Override
        public int size() {
            return 2;
        }

        @Override
        public int count(Split split) {
            return 4;
        }

        @Override
        public int read(Split split, int index, byte[] target, int offset) {
            target[offset + index] = 100;
            return index % 2;
        }

        @Override
        public String sha256() {
            return "";
        }
    }

    @Test
    void imagesTooSmallToBeCroppedHaveNoRegions() {
        Network.Builder builder = new Network.Builder(new Shape(1, 2, 2));
        int convolution = builder.add("convolution", Layer.Convolution.of(4, 1, 1, 0), 0);
        builder.add("relu", Layer.Activation.RELU, convolution);
        ProxyParameters parameters = new ProxyParameters("tiny", 2, 1, 2, 1);
        ProxyInputs inputs = ProxyEvaluator.inputs(parameters, List.of(new LinearRegions()), new Tiny());
        try (ProxyPass pass = new ProxyPass(builder.build(), inputs, ReferenceExecution::new, new Initialization(1))) {
            assertThat(new LinearRegions().compute(pass)).isNaN();
        }
    }

    /** Labels 0,0,1: class 0 has two images, equal but for scale, so every correlation is 1; class 1 has nothing to compare. */
    @Test
    void epeComparesWithinClasses() {
        double[] images = {1, 2, 3, 2, 4, 6, -1, 0, 5};
        try (ProxyPass pass = Exact.pass(linear(3, 2), images, images, new int[] {0, 0, 1})) {
            assertThat(new EpeNas().compute(pass)).isCloseTo(4 * Math.log1p(1e-5), within(1e-12));
        }
        try (ProxyPass pass = Exact.pass(linear(3, 4), images, images, new int[] {0, 1, 2})) {
            assertThat(new EpeNas().compute(pass)).isNaN();
        }
    }

    /** So many numbers that images times images times pixels do not fit an int: all equal images but the first. */
    @Test
    void epeCountsTheImagesOfLargeBatches() {
        int images = 256;
        int width = 33_000;
        double[] rows = new double[images * width];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = i % 2;
        }
        assertThat(EpeNas.score(rows, new int[images], 1)).isCloseTo(images * images * Math.log1p(1e-5), within(1e-6));
    }

    /** One image of one pixel spread to three channels by 2x1 weights each: two lead to a channel, not six. */
    @Test
    void fisherCountsTheWeightsOfATransposedChannel() {
        Network.Builder builder = new Network.Builder(new Shape(1, 1, 1));
        Extent window = new Extent(2, 1);
        builder.add(
                "spread",
                new Layer.TransposedConvolution(3, window, Extent.ONE, Extent.ZERO, Extent.ZERO, Extent.ONE, 1, false),
                0);
        Network network = builder.build();
        double[] image = {1, 1};
        int[] labels = {0, 0};
        double expected = 0;
        double[] y = new Initialization(1).draw(Parameter.of(network)).getFirst();
        double[] both = new double[12];
        System.arraycopy(y, 0, both, 0, 6);
        System.arraycopy(y, 0, both, 6, 6);
        double[] dy = CrossEntropy.gradient(both, labels);
        for (int channel = 0; channel < 3; channel++) {
            double product = y[2 * channel] * dy[2 * channel] + y[2 * channel + 1] * dy[2 * channel + 1];
            expected += product * product / 2 * 2;
        }
        try (ProxyPass pass = Exact.pass(network, image, image, labels)) {
            assertThat(new Fisher().compute(pass)).isCloseTo(expected, within(1e-15));
        }
    }
}
