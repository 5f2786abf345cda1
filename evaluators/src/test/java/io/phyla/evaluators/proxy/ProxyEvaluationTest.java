package io.phyla.evaluators.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.phyla.evaluators.data.Batch;
import io.phyla.evaluators.data.Resolution;
import io.phyla.evaluators.engine.ReferenceExecution;
import io.phyla.evaluators.engine.SplitMix;
import io.phyla.search.metric.Evaluation.Evaluated;
import io.phyla.search.metric.EvaluationException;
import io.phyla.spaces.Genome;
import io.phyla.spaces.design.Network;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProxyEvaluationTest {

    private static final Genome GENOME = Genome.of(0);
    private static final String CELL =
            "|nor_conv_3x3~0|+|skip_connect~0|nor_conv_1x1~1|+|avg_pool_3x3~0|none~1|nor_conv_3x3~2|";
    private static final String DEAD = "|none~0|+|none~0|none~1|+|none~0|none~1|none~2|";
    private static final List<Proxy> ALL = List.of(new Naswot(), new SynapticFlow(), new JacobianCovariance());

    @Test
    void sameSeedSameValuesOtherSeedOtherValues() {
        Network network = Cells.network(CELL, 4, 1, 8);
        Evaluated first = evaluation(ALL, 16).evaluate(GENOME, network, 5);
        assertThat(first.values()).containsOnlyKeys("naswot", "synflow", "jacob_cov");
        assertThat(first.values().values())
                .allSatisfy(value -> assertThat(value).isFinite());
        try (ProxyEvaluation evaluation = evaluation(ALL, 16)) {
            Evaluated other = evaluation.evaluate(GENOME, network, 6);
            assertThat(evaluation.evaluate(GENOME, network, 5)).isEqualTo(first);
            first.values()
                    .forEach((name, value) ->
                            assertThat(other.values().get(name)).isNotEqualTo(value));
        }
    }

    @Test
    void onlyTheWantedAreComputedAndCounted() {
        Network network = Cells.network(CELL, 4, 1, 8);
        double macs = 4 * 27 * 64
                + (2 * 9 + 1) * (16 * 64 + 64 * 16 + 256 * 4)
                + (8 * 4 * 9 + 8 * 8 * 9 + 8 * 4) * 16
                + (16 * 8 * 9 + 16 * 16 * 9 + 16 * 8) * 4
                + 170;
        assertThat(evaluation(List.of(new SynapticFlow()), 8)
                        .evaluate(GENOME, network, 1)
                        .cost())
                .isEqualTo(3 * macs);
        assertThat(evaluation(List.of(new Naswot()), 8)
                        .evaluate(GENOME, network, 1)
                        .cost())
                .isEqualTo(16 * macs);
        assertThat(evaluation(ALL, 8).evaluate(GENOME, network, 1).cost()).isEqualTo((2 * 16 + 3) * macs);
    }

    @Test
    void undefinedValuesAreHandedOn() {
        Evaluated evaluated = evaluation(ALL, 8).evaluate(GENOME, Cells.network(DEAD, 4, 1, 8), 1);
        assertThat(evaluated.values())
                .containsEntry("naswot", Double.NEGATIVE_INFINITY)
                .containsEntry("synflow", Double.NEGATIVE_INFINITY)
                .containsEntry("jacob_cov", Double.NaN);
    }

    /** Larger images of repeated pixels, averaged back, are the same images. */
    @Test
    void imagesAreScaledToTheNetwork() {
        Network network = Cells.network(CELL, 4, 1, 8);
        Batch small = images(8);
        try (ProxyEvaluation evaluation =
                new ProxyEvaluation(ALL, inputs(Resolution.scale(small, 32)), ReferenceExecution::new)) {
            assertThat(evaluation.evaluate(GENOME, network, 1))
                    .isEqualTo(evaluation(ALL, 8).evaluate(GENOME, network, 1));
            double full = evaluation
                    .evaluate(GENOME, Cells.network(CELL, 4, 1, 16), 1)
                    .values()
                    .get("synflow");
            assertThat(full)
                    .isNotCloseTo(
                            evaluation.evaluate(GENOME, network, 1).values().get("synflow"), within(1e-3));
        }
    }

    @Test
    void refusesNetworksTheImagesDoNotFit() {
        assertThatThrownBy(() -> evaluation(ALL, 8).evaluate(GENOME, Cells.network(CELL, 4, 1, 12), 1))
                .isInstanceOf(EvaluationException.class)
                .hasMessageContaining("3x12x12")
                .hasMessageContaining("3x8x8");
    }

    private static ProxyEvaluation evaluation(List<Proxy> proxies, int size) {
        return new ProxyEvaluation(proxies, inputs(images(size)), ReferenceExecution::new);
    }

    private static ProxyInputs inputs(Batch images) {
        return new ProxyInputs(images, images, List.of(), 4, 1);
    }

    private static Batch images(int size) {
        SplitMix stream = new SplitMix(9);
        float[] images = new float[16 * 3 * size * size];
        for (int i = 0; i < images.length; i++) {
            images[i] = (float) stream.nextSigned();
        }
        return new Batch(images, new int[16], 3, size);
    }
}
