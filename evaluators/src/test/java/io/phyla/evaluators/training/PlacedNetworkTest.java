package io.phyla.evaluators.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.phyla.evaluators.data.Dataset.Split;
import io.phyla.evaluators.data.stream.Augmentation;
import io.phyla.evaluators.data.stream.BatchStream;
import io.phyla.evaluators.engine.Execution.Mode;
import io.phyla.evaluators.engine.Initialization;
import io.phyla.evaluators.engine.Parameter;
import io.phyla.evaluators.engine.Plan;
import io.phyla.search.document.Parameters;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.LayerProgram.Series;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Operation;
import io.phyla.spaces.design.Shape;
import io.phyla.spaces.evonorm.ReadyLayers;
import io.phyla.spaces.program.Placement;
import io.phyla.spaces.schema.Json;
import io.phyla.spaces.zoo.EfficientNet;
import io.phyla.spaces.zoo.MiniatureNetwork;
import io.phyla.spaces.zoo.MobileNetV2;
import io.phyla.spaces.zoo.PreActivationResNet;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks with a layer placed, in training and in inference. */
class PlacedNetworkTest {

    private static final long BYTES = 1L << 28;
    private static final int BATCH = 8;
    private static final int SIZE = 8;
    private static final FewGlyphs FEW = new FewGlyphs(64, 64);

    private static final List<Network> ANCHORS = List.of(
            MiniatureNetwork.plain(4, SIZE, 12).build(),
            MiniatureNetwork.residual(4, SIZE, 12).build(),
            PreActivationResNet.miniature(0.0625, 0.25, SIZE, 12).build(),
            MobileNetV2.miniature(0.125, 0.25, SIZE, 12).build(),
            EfficientNet.miniature(0.125, 0.25, SIZE, 12).build());

    /** Images of a batch, and vectors away from where they start. */
    private static void stir(Plan plan) {
        SplittableRandom random = new SplittableRandom(1);
        new Initialization(3).load(plan);
        for (Parameter each : plan.parameters()) {
            if (each.role() != Parameter.Role.WEIGHT) {
                double[] values = plan.read(each);
                for (int i = 0; i < values.length; i++) {
                    values[i] += 0.3 * random.nextDouble() - 0.1;
                }
                plan.load(each, values);
            }
        }
        plan.input(images(random.nextLong()));
    }

    private static float[] images(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] images = new float[BATCH * 3 * SIZE * SIZE];
        for (int i = 0; i < images.length; i++) {
            images[i] = (float) random.nextGaussian();
        }
        return images;
    }

    /** With a share of 1 the moving averages are the batch's own moments, so that both modes give the same on it. */
    @Test
    void inferenceIsTrainingOnTheBatchThatWasTracked() {
        for (Network anchor : ANCHORS) {
            for (String name : List.of("evonorm_b0", "evonorm_b2", "evonorm_s0", "frn_tlu")) {
                LayerProgram program = ReadyLayers.program(name, 2, 1e-3);
                try (Plan plan = Plan.compile(Placement.place(anchor, program), BATCH, BYTES)) {
                    stir(plan);
                    plan.forward(Mode.TRAINING);
                    double[] trained = plan.output();
                    plan.forward(Mode.INFERENCE);
                    double[] before = plan.output();
                    plan.forward(Mode.TRAINING);
                    plan.track(1);
                    plan.forward(Mode.INFERENCE);
                    assertThat(plan.output()).as("%s in %s", name, anchor).containsExactly(trained, within(2e-4));
                    // Without the batch's moments a layer of series B is another, one of series S the same.
                    boolean samples = program.series() == Series.S;
                    assertThat(distance(before, trained) < 2e-4).isEqualTo(samples);
                    assertThat(plan.statistics().isEmpty()).isEqualTo(samples);
                }
            }
        }
    }

    /** Moments of moments: the deviation of what is left of the mean, twice over. */
    @Test
    void nestedMomentsAreTrackedInOneForwardPass() {
        Network.Builder builder = new Network.Builder(new Shape(3, SIZE, SIZE));
        int first = builder.add("first", new Layer.Program(nested()), 0);
        builder.add("second", new Layer.Program(nested()), first);
        try (Plan plan = Plan.compile(builder.build(), BATCH, BYTES)) {
            stir(plan);
            plan.forward(Mode.TRAINING);
            plan.track(1);
            double[] trained = plan.output();
            plan.forward(Mode.INFERENCE);
            assertThat(plan.statistics()).hasSize(4);
            assertThat(plan.output()).containsExactly(trained, within(2e-4));
        }
    }

    /** rms_bwh(x - mean_bwh(x)) under x. */
    private static LayerProgram nested() {
        return new LayerProgram(
                List.of(),
                List.of(
                        LayerProgram.Node.of(Operation.MEAN_BWH, 0),
                        LayerProgram.Node.of(Operation.NEG, 2),
                        LayerProgram.Node.of(Operation.ADD, 0, 3),
                        LayerProgram.Node.of(Operation.RMS_BWH, 4),
                        LayerProgram.Node.of(Operation.DIV, 0, 5)),
                6,
                true,
                0,
                1e-5);
    }

    /** What the engine has kernels for is the same as its program, forward and backward. */
    @ParameterizedTest
    @ValueSource(strings = {"bn_relu", "gn_relu", "ln_relu", "in_relu", "bn_swish"})
    void theEnginesLayersAreTheirPrograms(String name) {
        Network anchor = MiniatureNetwork.residual(4, SIZE, 12).build();
        LayerProgram program = ReadyLayers.program(name, 2, 1e-5);
        double[][] lowered = outputAndGradient(Placement.place(anchor, program));
        double[][] programs = outputAndGradient(unlowered(anchor, program));
        assertThat(programs[0]).containsExactly(lowered[0], within(1e-4));
        assertThat(programs[1]).containsExactly(lowered[1], within(1e-4));
    }

    /** Every pair as a program, whatever the engine has. */
    private static Network unlowered(Network network, LayerProgram program) {
        List<Network.Node> nodes =
                Placement.place(network, ReadyLayers.program("evonorm_s0")).nodes();
        return Network.of(nodes.stream()
                .map(node -> node.layer() instanceof Layer.Program
                        ? new Network.Node(node.name(), new Layer.Program(program), node.inputs())
                        : node)
                .toList());
    }

    private static double[][] outputAndGradient(Network network) {
        try (Plan plan = Plan.compile(network, BATCH, BYTES)) {
            new Initialization(3).load(plan);
            plan.input(images(5));
            plan.forward(Mode.TRAINING);
            double[] output = plan.output();
            double[] cotangent = new double[output.length];
            for (int i = 0; i < cotangent.length; i++) {
                cotangent[i] = Math.sin(i);
            }
            plan.backwardToParameters(cotangent);
            return new double[][] {output, plan.gradient(plan.parameters().getFirst())};
        }
    }

    /** Exponential averages are some batches old; calibrated ones are those of the weights as they are. */
    @Test
    void calibratedAndExponentialAveragesBothServeValidation() throws IOException {
        Network network =
                Placement.place(MiniatureNetwork.plain(6, SIZE, 12).build(), ReadyLayers.program("evonorm_b0"));
        for (int calibration : List.of(0, 4)) {
            TrainingParameters parameters = Parameters.read(
                    Json.MAPPER.readTree("{\"steps\": 24, \"recipe\": {\"batch\": 16, \"learning_rate\": 0.05,"
                            + " \"recalibration_batches\": " + calibration + "}}"),
                    TrainingParameters.class);
            try (Trainer trainer = Trainer.open(network, parameters, FEW, BYTES)) {
                double first = trainer.advance().trainingLoss();
                while (!trainer.done()) {
                    trainer.advance();
                }
                Validation.Score score = trainer.validate();
                assertThat(score.loss()).isLessThan(2 * first);
                assertThat(score.accuracy()).isBetween(0.0, 1.0);
            }
        }
    }

    /** A single batch, calibrated on: validation in inference is what training would say of it. */
    @Test
    void validationAfterCalibrationIsTheTrainingsOwnOnTheSameBatch() throws InterruptedException {
        Network network =
                Placement.place(MiniatureNetwork.residual(4, SIZE, 12).build(), ReadyLayers.program("evonorm_b1"));
        FewGlyphs few = new FewGlyphs(BATCH, BATCH);
        try (Plan plan = Plan.compile(network, BATCH, BYTES);
                Recalibration recalibration = new Recalibration(plan, few, 1, 7)) {
            stir(plan);
            try (BatchStream images = BatchStream.training(few, BATCH, SIZE, Augmentation.NONE, 7, 0)) {
                plan.imagesSegment().copyFrom(images.next().orElseThrow().images());
            }
            plan.forward(Mode.TRAINING);
            double[] trained = plan.output();
            recalibration.around(() -> {
                plan.forward(Mode.INFERENCE);
                assertThat(plan.output()).containsExactly(trained, within(2e-4));
                assertThat(new Validation(few, Split.TRAIN).run(plan).loss()).isFinite();
            });
        }
    }

    private static double distance(double[] a, double[] b) {
        double largest = 0;
        for (int i = 0; i < a.length; i++) {
            largest = Math.max(largest, Math.abs(a[i] - b[i]));
        }
        return largest;
    }
}
