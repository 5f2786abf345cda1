package io.phyla.evaluators.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.phyla.evaluators.data.Dataset.Split;
import io.phyla.evaluators.data.Glyphs;
import io.phyla.evaluators.data.stream.Augmentation;
import io.phyla.evaluators.data.stream.BatchStream;
import io.phyla.evaluators.data.stream.ImageBatch;
import io.phyla.evaluators.engine.Initialization;
import io.phyla.evaluators.engine.Parameter;
import io.phyla.evaluators.engine.Plan;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Shape;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

class RecalibrationTest {

    private static final int BATCH = 10;
    private static final int BATCHES = 3;

    /** Normalisation of the images themselves, so that means and variances can be counted by hand. */
    private static Network bare() {
        Network.Builder builder = new Network.Builder(new Shape(3, 32, 32));
        int last = builder.add("norm", Layer.BatchNormalization.DEFAULT, 0);
        last = builder.add("pool", new Layer.GlobalPooling(), last);
        builder.add("classifier", new Layer.Linear(12, true), last);
        return builder.build();
    }

    @Test
    void averagesMeansAndUnbiasedVariancesOverTheBatchesAndPutsThemBack() throws InterruptedException {
        double[] means = new double[3];
        double[] variances = new double[3];
        count(means, variances);
        try (Plan plan = Plan.compile(bare(), BATCH, 1L << 26);
                Recalibration recalibration = new Recalibration(plan, Glyphs.instance(), BATCHES, 7)) {
            new Initialization(1).load(plan);
            assertThat(Glyphs.instance().count(Split.TRAIN)).isGreaterThan(BATCH * BATCHES);
            recalibration.around(() -> {
                double[] mean = plan.read(plan.statistics().get(0));
                double[] variance = plan.read(plan.statistics().get(1));
                for (int channel = 0; channel < 3; channel++) {
                    assertThat(mean[channel]).isCloseTo(means[channel], within(1e-5));
                    assertThat(variance[channel]).isCloseTo(variances[channel], within(1e-5));
                }
            });
            for (Parameter statistic : plan.statistics()) {
                double first = statistic.role() == Parameter.Role.VARIANCE ? 1 : 0;
                assertThat(plan.read(statistic)).containsOnly(first);
            }
        }
    }

    private static void count(double[] means, double[] variances) throws InterruptedException {
        try (BatchStream stream = BatchStream.training(Glyphs.instance(), BATCH, 32, Augmentation.NONE, 7, 0)) {
            for (int number = 0; number < BATCHES; number++) {
                ImageBatch batch = stream.next().orElseThrow();
                int pixels = BATCH * 32 * 32;
                for (int channel = 0; channel < 3; channel++) {
                    double sum = 0;
                    double squares = 0;
                    for (int i = 0; i < pixels; i++) {
                        double value = batch.images().getAtIndex(ValueLayout.JAVA_FLOAT, 3L * i + channel);
                        sum += value;
                        squares += value * value;
                    }
                    means[channel] += sum / pixels / BATCHES;
                    variances[channel] += (squares - sum * sum / pixels) / (pixels - 1) / BATCHES;
                }
            }
        }
    }
}
