package io.phyla.evaluators.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.phyla.evaluators.engine.Initialization;
import io.phyla.evaluators.engine.Parameter;
import io.phyla.evaluators.engine.SplitMix;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.NetworkCost;
import io.phyla.spaces.design.Shape;
import java.util.Arrays;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** The proxies on networks small or broken enough to know the result. */
class ProxyTest {

    private static final String DEAD = "|none~0|+|none~0|none~1|+|none~0|none~1|none~2|";
    private static final String SKIP = "|skip_connect~0|+|none~0|skip_connect~1|+|skip_connect~0|none~1|none~2|";

    @Test
    void areFoundAndNamed() {
        assertThat(ServiceLoader.load(Proxy.class))
                .extracting(proxy -> proxy.metric().name())
                .containsExactly(
                        "naswot",
                        "synflow",
                        "jacob_cov",
                        "epe_nas",
                        "l2_norm",
                        "grad_norm",
                        "snip",
                        "plain",
                        "grasp",
                        "fisher",
                        "zen",
                        "zico",
                        "ntk_cond",
                        "linear_regions");
    }

    @Test
    void allAreUndefinedWhereNothingReachesTheOutput() {
        try (ProxyPass pass = pass(Cells.network(DEAD, 4, 1, 8), 4, images(4 * 3 * 64, 2))) {
            assertThat(new Naswot().compute(pass)).isEqualTo(Double.NEGATIVE_INFINITY);
            assertThat(new JacobianCovariance().compute(pass)).isNaN();
            assertThat(new SynapticFlow().compute(pass)).isEqualTo(Double.NEGATIVE_INFINITY);
        }
    }

    @Test
    void repeatedImagesMakeNaswotUndefined() {
        double[] images = images(4 * 3 * 64, 2);
        System.arraycopy(images, 0, images, 2 * 3 * 64, 3 * 64);
        try (ProxyPass pass = pass(Cells.network(SKIP, 4, 1, 8), 4, images)) {
            assertThat(new Naswot().compute(pass)).isEqualTo(Double.NEGATIVE_INFINITY);
        }
    }

    /** Two inputs, one rectified unit each: codes 10, 01, 11, so K = [[2,0,1],[0,2,1],[1,1,2]] and det K = 4. */
    @Test
    void naswotByHand() {
        Network.Builder builder = new Network.Builder(new Shape(2, 1, 1));
        builder.add("relu", Layer.Activation.RELU, 0);
        try (ProxyPass pass = pass(builder.build(), 3, new double[] {1, -1, -2, 3, 5, 1})) {
            assertThat(new Naswot().compute(pass)).isCloseTo(Math.log(4), within(1e-14));
        }
    }

    /** One linear layer: dR/dW = 1 for ones as input, so the score is the sum of |W|. */
    @Test
    void synapticFlowByHand() {
        Network.Builder builder = new Network.Builder(new Shape(3, 2, 2));
        builder.add("linear", new Layer.Linear(5, true), 0);
        Network network = builder.build();
        double sum = Arrays.stream(
                        new Initialization(1).draw(Parameter.of(network)).getFirst())
                .map(Math::abs)
                .sum();
        try (ProxyPass pass = pass(network, 1, new double[12])) {
            assertThat(new SynapticFlow().compute(pass)).isCloseTo(Math.log(sum), within(1e-14));
        }
    }

    @Test
    void logarithmsAddBeyondTheRangeOfDoubles() {
        assertThat(SynapticFlow.logOfSum(5000, 5000)).isCloseTo(5000 + Math.log(2), within(1e-9));
        assertThat(SynapticFlow.logOfSum(Double.NEGATIVE_INFINITY, -5000)).isEqualTo(-5000);
        assertThat(SynapticFlow.logOfSum(Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY))
                .isEqualTo(Double.NEGATIVE_INFINITY);
    }

    /** A linear map has the same gradient for every image: correlation 1 everywhere, eigenvalues B, 0, ..., 0. */
    @Test
    void jacobianCovarianceOfEqualRows() {
        Network.Builder builder = new Network.Builder(new Shape(3, 2, 2));
        builder.add("linear", new Layer.Linear(5, true), 0);
        try (ProxyPass pass = pass(builder.build(), 4, images(48, 2))) {
            double expected = -Math.log(4 + 1e-5) - 1 / (4 + 1e-5) - 3 * (Math.log(1e-5) + 1e5);
            assertThat(new JacobianCovariance().compute(pass)).isCloseTo(expected, within(1e-3));
        }
    }

    @Test
    void uncorrelatedRowsReachTheMaximum() {
        double[][] correlation = RowCorrelation.of(new double[] {1, -1, 1, -1, 1, 1, -1, -1, 3, -3, -3, 3}, 3);
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                assertThat(correlation[i][j]).isCloseTo(i == j ? 1 : 0, within(1e-15));
            }
        }
    }

    @Test
    void runsAreCountedOnce() {
        Network network = Cells.network(SKIP, 4, 1, 8);
        double macs = NetworkCost.of(network).macs();
        try (ProxyPass pass = pass(network, 4, images(4 * 3 * 64, 2))) {
            new Naswot().compute(pass);
            assertThat(pass.cost()).isEqualTo(4 * macs);
            new JacobianCovariance().compute(pass);
            new EpeNas().compute(pass);
            new Naswot().compute(pass);
            assertThat(pass.cost()).isEqualTo(8 * macs);
            new Fisher().compute(pass);
            new Snip().compute(pass);
            new GradientNorm().compute(pass);
            assertThat(pass.cost()).isEqualTo(16 * macs);
            new Zico().compute(pass);
            assertThat(pass.cost()).isEqualTo(28 * macs);
            new SynapticFlow().compute(pass);
            new SynapticFlow().compute(pass);
            assertThat(pass.cost()).isEqualTo(31 * macs);
        }
    }

    private static ProxyPass pass(Network network, int batch, double[] images) {
        return Exact.pass(network, images, images, new int[batch]);
    }

    private static double[] images(int length, long seed) {
        SplitMix stream = new SplitMix(seed);
        double[] images = new double[length];
        Arrays.setAll(images, i -> stream.nextSigned());
        return images;
    }
}
