package io.phyla.evaluators.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.evaluators.engine.Execution;
import io.phyla.evaluators.engine.Initialization;
import io.phyla.evaluators.engine.Plan;
import io.phyla.evaluators.engine.ReferenceExecution;
import io.phyla.evaluators.engine.SplitMix;
import io.phyla.search.statistics.Correlation;
import io.phyla.spaces.Genome;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.nb201.Nb201Parameters;
import io.phyla.spaces.nb201.Nb201Space;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Proxies computed in float32 rank networks as those computed in double do. */
class PrecisionTest {

    private static final int CELLS = 200;
    private static final int BATCH = 8;
    private static final List<Proxy> PROXIES = List.of(new Naswot(), new SynapticFlow(), new JacobianCovariance());

    @Test
    void floatsRankAsDoublesDo() {
        Nb201Space space = new Nb201Space(new Nb201Parameters(4, 1, 10, 8));
        SplittableRandom random = new SplittableRandom(1);
        float[] images = images(space.decode(Genome.of(0, 0, 0, 0, 0, 0)));
        double[][] floats = new double[PROXIES.size()][CELLS];
        double[][] doubles = new double[PROXIES.size()][CELLS];
        for (int cell = 0; cell < CELLS; cell++) {
            Network network = space.decode(Genome.of(random.ints(6, 0, 5).toArray()));
            score(network, images, (it, batch) -> Plan.compile(it, batch, 1L << 30), floats, cell);
            score(network, images, ReferenceExecution::new, doubles, cell);
        }
        for (int proxy = 0; proxy < PROXIES.size(); proxy++) {
            String name = PROXIES.get(proxy).metric().name();
            for (int cell = 0; cell < CELLS; cell++) {
                assertThat(Double.isFinite(floats[proxy][cell]))
                        .as("%s of cell %d is defined in both or in none", name, cell)
                        .isEqualTo(Double.isFinite(doubles[proxy][cell]));
            }
            double agreement = Correlation.SPEARMAN.of(floats[proxy], doubles[proxy]);
            System.out.printf("%s in float32 against double over %d cells: Spearman %.6f%n", name, CELLS, agreement);
            assertThat(agreement).as(name).isGreaterThanOrEqualTo(0.999);
        }
    }

    private static void score(Network network, float[] images, Executions executions, double[][] scores, int cell) {
        Initialization weights = new Initialization(cell);
        try (ProxyPass pass = new ProxyPass(
                () -> {
                    Execution execution = executions.open(network, BATCH);
                    execution.input(images);
                    return execution;
                },
                () -> executions.open(network, 1),
                weights,
                1)) {
            for (int proxy = 0; proxy < scores.length; proxy++) {
                scores[proxy][cell] = PROXIES.get(proxy).compute(pass);
            }
        }
    }

    private static float[] images(Network network) {
        SplitMix stream = new SplitMix(2);
        float[] images = new float[Math.toIntExact(BATCH * network.input().elements())];
        for (int i = 0; i < images.length; i++) {
            images[i] = (float) (stream.nextSigned() * Math.sqrt(3));
        }
        return images;
    }
}
