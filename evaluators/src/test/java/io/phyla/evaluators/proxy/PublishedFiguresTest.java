package io.phyla.evaluators.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.phyla.evaluators.engine.Initialization;
import io.phyla.evaluators.engine.Parameter;
import io.phyla.evaluators.engine.ReferenceExecution;
import io.phyla.evaluators.engine.SplitMix;
import io.phyla.spaces.design.Network;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Two architectures whose figures were computed elsewhere, in double precision and by automatic differentiation: 16 digits
 * that no accidental agreement reaches.
 */
class PublishedFiguresTest {

    private static final String BEST =
            "|nor_conv_3x3~0|+|nor_conv_3x3~0|nor_conv_3x3~1|+|skip_connect~0|nor_conv_3x3~1|nor_conv_1x1~2|";
    private static final String POOLED =
            "|nor_conv_3x3~0|+|nor_conv_3x3~0|avg_pool_3x3~1|+|none~0|nor_conv_3x3~1|avg_pool_3x3~2|";

    private record Figures(
            double loss, double naswot, long units, long agreement, double jacobian, double flow, double[] logits) {}

    @Test
    void bestCellOnTheMiniNetwork() {
        check(
                Cells.network(BEST, 4, 1, 8),
                new Figures(
                        2.3110030017770247,
                        59.89311787058545,
                        2880,
                        1685,
                        -8.450519097131409,
                        20.67041844565894,
                        new double[] {-0.017451761093987463, -0.16349870513948894, 0.4894901369438487}));
    }

    @Test
    void pooledCellOnTheMiniNetwork() {
        check(
                Cells.network(POOLED, 4, 1, 8),
                new Figures(
                        2.504307589871302,
                        56.7817438724322,
                        1984,
                        1135,
                        -8.389899178933817,
                        18.567397658373295,
                        new double[] {0.35550004520011974, -0.597738311683043, -0.017918595171333346}));
    }

    @Test
    void firstNumbersOfTheStreams() {
        Network network = Cells.network(BEST, 4, 1, 8);
        assertThat(new Initialization(1).draw(Parameter.of(network)).getFirst())
                .startsWith(0.02561956222893459, 0.0946014424783465, 0.18128904438159452);
        assertThat(images(network, 1)).startsWith(0.3158905055195494, 0.8630798223183769, 0.33130003224643434);
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
                int[] sizes = configuration.getKey().contains("_C")
                        ? Arrays.stream(configuration.getKey().split("_[A-Z]"))
                                .skip(1)
                                .mapToInt(Integer::parseInt)
                                .toArray()
                        : new int[0];
                if (sizes.length > 0) {
                    Network network = Cells.network(architecture.get("arch").textValue(), sizes[0], sizes[1], sizes[2]);
                    check(network, figures(configuration.getValue()));
                    checked++;
                }
            }
        }
        assertThat(checked).isEqualTo(3);
    }

    private static Figures figures(JsonNode node) {
        double[] logits = new double[3];
        Arrays.setAll(logits, i -> node.get("logits_row0").get(i).doubleValue());
        return new Figures(
                node.get("loss").doubleValue(),
                node.get("naswot").doubleValue(),
                node.get("K00").longValue(),
                node.get("K01").longValue(),
                node.get("jacob_cov").doubleValue(),
                node.get("log_synflow").doubleValue(),
                logits);
    }

    private static void check(Network network, Figures expected) {
        Initialization weights = new Initialization(1);
        int batch = 8;
        try (ProxyPass pass = new ProxyPass(
                () -> {
                    ReferenceExecution execution = new ReferenceExecution(network, batch);
                    execution.input(images(network, batch));
                    return execution;
                },
                () -> new ReferenceExecution(network, 1),
                weights,
                1)) {
            double[][] kernel = Naswot.kernel(pass.forward());
            assertThat(kernel[0][0]).isEqualTo(expected.units());
            assertThat(kernel[0][1]).isEqualTo(expected.agreement());
            double[] logits = pass.forward().output();
            for (int i = 0; i < expected.logits().length; i++) {
                assertThat(logits[i]).isCloseTo(expected.logits()[i], withinPercentage(1e-6));
            }
            assertThat(crossEntropy(logits, batch)).isCloseTo(expected.loss(), withinPercentage(1e-6));
            assertThat(new Naswot().compute(pass)).isCloseTo(expected.naswot(), withinPercentage(1e-6));
            assertThat(new JacobianCovariance().compute(pass)).isCloseTo(expected.jacobian(), withinPercentage(1e-6));
            assertThat(new SynapticFlow().compute(pass)).isCloseTo(expected.flow(), withinPercentage(1e-6));
            assertThat(pass.cost()).isEqualTo(2 * batch + 3);
        }
    }

    private static double[] images(Network network, int batch) {
        SplitMix stream = new SplitMix(2);
        double[] images = new double[Math.toIntExact(batch * network.input().elements())];
        Arrays.setAll(images, i -> stream.nextSigned() * Math.sqrt(3));
        return images;
    }

    /** Mean over images, image n in class n mod 10. */
    private static double crossEntropy(double[] logits, int batch) {
        int classes = logits.length / batch;
        double loss = 0;
        for (int n = 0; n < batch; n++) {
            double sum = 0;
            for (int i = 0; i < classes; i++) {
                sum += Math.exp(logits[n * classes + i]);
            }
            loss += (Math.log(sum) - logits[n * classes + n % 10]) / batch;
        }
        return loss;
    }
}
