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
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Proxies computed in float32 rank networks as those computed in double do. */
class PrecisionTest {

    private static final double AGREEMENT = 0.999;

    @Test
    void floatsRankAsDoublesDo() {
        rank(ProxyContractTest.all(), new Nb201Parameters(4, 1, 10, 8), 8, 120);
    }

    /** Where differences of gradients across the kinks of rectifiers would rank hardly better than chance. */
    @Test
    @Tag("slow")
    void secondDerivativesOfLargerNetworks() {
        rank(List.of(new Grasp()), new Nb201Parameters(8, 1, 10, 16), 16, 40);
        rank(List.of(new Grasp()), new Nb201Parameters(16, 5, 10, 32), 4, 12);
    }

    private static void rank(List<Proxy> proxies, Nb201Parameters form, int batch, int cells) {
        Nb201Space space = new Nb201Space(form);
        SplittableRandom random = new SplittableRandom(1);
        ProxyInputs images = inputs(batch, form.resolution());
        double[][] floats = new double[proxies.size()][cells];
        double[][] doubles = new double[proxies.size()][cells];
        for (int cell = 0; cell < cells; cell++) {
            Network network = space.decode(Genome.of(random.ints(6, 0, 5).toArray()));
            score(proxies, network, images, (it, n) -> Plan.compile(it, n, 1L << 30), floats, cell);
            score(proxies, network, images, ReferenceExecution::new, doubles, cell);
        }
        SoftAssertions.assertSoftly(all -> {
            for (int proxy = 0; proxy < proxies.size(); proxy++) {
                String name = proxies.get(proxy).metric().name();
                for (int cell = 0; cell < cells; cell++) {
                    all.assertThat(Double.isFinite(floats[proxy][cell]))
                            .as("%s of cell %d is defined in both or in none", name, cell)
                            .isEqualTo(Double.isFinite(doubles[proxy][cell]));
                }
                double agreement = Correlation.SPEARMAN.of(floats[proxy], doubles[proxy]);
                System.out.printf(
                        "%s in float32 against double over %d cells: Spearman %.6f%n", name, cells, agreement);
                all.assertThat(agreement).as(name).isGreaterThanOrEqualTo(AGREEMENT);
            }
        });
    }

    private static void score(
            List<Proxy> proxies,
            Network network,
            ProxyInputs inputs,
            Executions executions,
            double[][] scores,
            int cell) {
        try (ProxyPass pass = new ProxyPass(network, inputs, executions, new Initialization(cell))) {
            for (int proxy = 0; proxy < scores.length; proxy++) {
                scores[proxy][cell] = proxies.get(proxy).compute(pass);
            }
        }
    }

    private static ProxyInputs inputs(int batch, int size) {
        int all = Glyphs.instance().count(Split.TRAIN);
        return new ProxyInputs(
                images(2, batch, size),
                images(3, batch, size),
                Crops.draw(new Batches(Glyphs.instance()), all, 1).subList(0, 1),
                batch,
                1);
    }

    private static Batch images(long seed, int batch, int size) {
        SplitMix stream = new SplitMix(seed);
        float[] images = new float[batch * 3 * size * size];
        for (int i = 0; i < images.length; i++) {
            images[i] = (float) (stream.nextSigned() * Math.sqrt(3));
        }
        return new Batch(images, IntStream.range(0, batch).map(n -> n % 4).toArray(), 3, size);
    }
}
