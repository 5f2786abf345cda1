package io.phyla.evaluators.proxy;

import io.phyla.evaluators.data.Batch;
import io.phyla.evaluators.data.Batches;
import io.phyla.evaluators.data.Dataset.Split;
import io.phyla.evaluators.data.Glyphs;
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
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** Proxies computed in float32 rank networks as those computed in double do. */
class PrecisionTest {

    private static final int CELLS = 120;
    private static final int BATCH = 8;
    private static final int SIZE = 8;
    private static final List<Proxy> PROXIES = ProxyContractTest.all();

    /** What float32 cannot rank as well: see the proxies themselves. */
    private static final Map<String, Double> LESS = Map.of("grasp", 0.95);

    @Test
    void floatsRankAsDoublesDo() {
        Nb201Space space = new Nb201Space(new Nb201Parameters(4, 1, 10, SIZE));
        SplittableRandom random = new SplittableRandom(1);
        ProxyInputs images = inputs();
        double[][] floats = new double[PROXIES.size()][CELLS];
        double[][] doubles = new double[PROXIES.size()][CELLS];
        for (int cell = 0; cell < CELLS; cell++) {
            Network network = space.decode(Genome.of(random.ints(6, 0, 5).toArray()));
            score(network, images, (it, batch) -> Plan.compile(it, batch, 1L << 30), floats, cell);
            score(network, images, ReferenceExecution::new, doubles, cell);
        }
        SoftAssertions.assertSoftly(all -> {
            for (int proxy = 0; proxy < PROXIES.size(); proxy++) {
                String name = PROXIES.get(proxy).metric().name();
                for (int cell = 0; cell < CELLS; cell++) {
                    all.assertThat(Double.isFinite(floats[proxy][cell]))
                            .as("%s of cell %d is defined in both or in none", name, cell)
                            .isEqualTo(Double.isFinite(doubles[proxy][cell]));
                }
                double agreement = Correlation.SPEARMAN.of(floats[proxy], doubles[proxy]);
                System.out.printf(
                        "%s in float32 against double over %d cells: Spearman %.6f%n", name, CELLS, agreement);
                all.assertThat(agreement).as(name).isGreaterThanOrEqualTo(LESS.getOrDefault(name, 0.999));
            }
        });
    }

    private static void score(Network network, ProxyInputs inputs, Executions executions, double[][] scores, int cell) {
        try (ProxyPass pass = new ProxyPass(network, inputs, executions, new Initialization(cell))) {
            for (int proxy = 0; proxy < scores.length; proxy++) {
                scores[proxy][cell] = PROXIES.get(proxy).compute(pass);
            }
        }
    }

    private static ProxyInputs inputs() {
        int all = Glyphs.instance().count(Split.TRAIN);
        return new ProxyInputs(
                images(2),
                images(3),
                Crops.draw(new Batches(Glyphs.instance()), all, 1).subList(0, 1),
                BATCH,
                1);
    }

    private static Batch images(long seed) {
        SplitMix stream = new SplitMix(seed);
        float[] images = new float[BATCH * 3 * SIZE * SIZE];
        for (int i = 0; i < images.length; i++) {
            images[i] = (float) (stream.nextSigned() * Math.sqrt(3));
        }
        return new Batch(images, IntStream.range(0, BATCH).map(n -> n % 4).toArray(), 3, SIZE);
    }
}
