package io.phyla.evaluators.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.phyla.evaluators.engine.Initialization;
import io.phyla.evaluators.engine.Parameter;
import io.phyla.evaluators.engine.SplitMix;
import io.phyla.spaces.design.Network;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Architectures whose figures were computed elsewhere, in double precision and by automatic differentiation: 16 digits that no
 * accidental agreement reaches.
 */
class PublishedFiguresTest {

    private static final int BATCH = 8;
    private static final double PERCENT = 1e-6;

    /** Of finite differences, in per cent. */
    private static final double GRASP_PERCENT = 1e-2;

    private static final Map<String, Proxy> PROXIES = Map.ofEntries(
            Map.entry("l2_norm", new L2Norm()),
            Map.entry("grad_norm", new GradientNorm()),
            Map.entry("snip", new Snip()),
            Map.entry("plain", new Plain()),
            Map.entry("fisher", new Fisher()),
            Map.entry("naswot", new Naswot()),
            Map.entry("jacob_cov", new JacobianCovariance()),
            Map.entry("log_synflow", new SynapticFlow()),
            Map.entry("zico_2batches", new Zico()),
            Map.entry("ntk_cond", new NtkCondition()));

    /** The small networks of the file, which stand beside this test. */
    @ParameterizedTest
    @ValueSource(strings = {"best_c10_6111", "nats_000011"})
    void figuresOfTheMiniNetworks(String architecture) throws IOException {
        try (InputStream file = PublishedFiguresTest.class.getResourceAsStream("mini-figures.json")) {
            JsonNode figures = new ObjectMapper().readTree(file).path(architecture);
            check(Cells.network(figures.path("arch").textValue(), 4, 1, BATCH), figures.path("mini_C4_N1_H8_B8"));
        }
    }

    @Test
    void firstNumbersOfTheStreams() throws IOException {
        try (InputStream file = PublishedFiguresTest.class.getResourceAsStream("mini-figures.json")) {
            JsonNode best = new ObjectMapper().readTree(file).path("best_c10_6111");
            JsonNode figures = best.path("mini_C4_N1_H8_B8");
            Network network = Cells.network(best.path("arch").textValue(), 4, 1, BATCH);
            assertThat(new Initialization(1).draw(Parameter.of(network)).getFirst())
                    .startsWith(doubles(figures.path("w_first3")));
            assertThat(images(network, 2)).startsWith(doubles(figures.path("x_first3")));
        }
    }

    /** Everything in the file, the full-size network included. */
    @Test
    @Tag("slow")
    void allFiguresOfTheFile() throws IOException {
        String data = System.getenv("PHYLA_DATA");
        Assumptions.assumeTrue(data != null, "PHYLA_DATA is not set: figures of full-size networks are not checked");
        JsonNode kit = new ObjectMapper()
                .readTree(Path.of(data, "nas", "proxy_crosscheck_kit.json").toFile());
        int checked = 0;
        for (JsonNode architecture : kit) {
            for (var configuration : architecture.properties()) {
                if (configuration.getKey().contains("_C")) {
                    int[] sizes = Arrays.stream(configuration.getKey().split("_[A-Z]"))
                            .skip(1)
                            .mapToInt(Integer::parseInt)
                            .toArray();
                    Network network = Cells.network(architecture.get("arch").textValue(), sizes[0], sizes[1], sizes[2]);
                    check(network, configuration.getValue());
                    checked++;
                }
            }
        }
        assertThat(checked).isEqualTo(3);
    }

    private static void check(Network network, JsonNode figures) {
        int[] labels = IntStream.range(0, BATCH).map(n -> n % 10).toArray();
        try (ProxyPass pass = pass(network, labels)) {
            double[][] agreement = Naswot.kernel(pass.forward());
            assertThat(agreement[0][0]).isEqualTo(figures.path("K00").doubleValue());
            assertThat(agreement[0][1]).isEqualTo(figures.path("K01").doubleValue());
            double[] outputs = pass.forward().output();
            double[] expected = doubles(figures.path("logits_row0"));
            for (int i = 0; i < expected.length; i++) {
                assertThat(outputs[i]).isCloseTo(expected[i], withinPercentage(PERCENT));
            }
            agree(figures, "loss", CrossEntropy.loss(outputs, labels), PERCENT);
            PROXIES.forEach((name, proxy) -> agree(figures, name, proxy.compute(pass), PERCENT));
            agree(figures, "grasp", new Grasp().compute(pass), GRASP_PERCENT);
            agree(figures, "ntk_trace", trace(pass), PERCENT);
        }
        int[] fewer = Arrays.stream(labels).map(label -> label % 4).toArray();
        try (ProxyPass pass = pass(network, fewer)) {
            agree(figures, "epe_nas_labels_mod4", new EpeNas().compute(pass), PERCENT);
        }
    }

    private static ProxyPass pass(Network network, int[] labels) {
        return Exact.pass(network, images(network, 2), images(network, 3), labels);
    }

    private static double trace(ProxyPass pass) {
        try (var execution = pass.open(pass.network(), BATCH)) {
            double[][] kernel = TangentKernel.of(pass, execution);
            double trace = 0;
            for (int i = 0; i < kernel.length; i++) {
                trace += kernel[i][i];
            }
            return trace;
        }
    }

    private static void agree(JsonNode figures, String name, double value, double percent) {
        double expected = figures.path(name).doubleValue();
        assertThat(value).as(name).isNotZero().isCloseTo(expected, withinPercentage(percent));
    }

    private static double[] doubles(JsonNode array) {
        double[] values = new double[array.size()];
        Arrays.setAll(values, i -> array.get(i).doubleValue());
        return values;
    }

    private static double[] images(Network network, long seed) {
        SplitMix stream = new SplitMix(seed);
        double[] images = new double[Math.toIntExact(BATCH * network.input().elements())];
        Arrays.setAll(images, i -> stream.nextSigned() * Math.sqrt(3));
        return images;
    }
}
