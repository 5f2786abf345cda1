package io.phyla.evaluators.layer;

import io.phyla.evaluators.export.ProgramOutline;
import io.phyla.evaluators.program.ReferenceProgram;
import io.phyla.evaluators.program.ReferenceProgram.Gradients;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.LayerProgram.Series;
import io.phyla.spaces.design.Operation.Moment;
import io.phyla.spaces.design.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Properties of a layer that were measured on random tensors in double, not promised. A difference is a share of the largest
 * output; it is null where an output is not finite.
 *
 * @param advice when to use a layer of its series
 * @param movingAverages what has to be stored with the weights
 * @param scaleInvariance f(1000 x) against f(x), with epsilon all but 0
 * @param batchInvariance a sample's output in training against the same with other samples beside it
 * @param evaluationParity output in evaluation, with the moments of the batch as moving averages, against output in training
 * @param finite whether outputs and gradients are, where layers of this kind are known to break
 * @param worstGradient the largest norm that gradient ascent on a network's weights reached, if a search measured it
 */
public record Certificates(
        Series series,
        String advice,
        List<MovingAverage> movingAverages,
        Property scaleInvariance,
        Property batchInvariance,
        Property evaluationParity,
        Finite finite,
        @Nullable Double worstGradient) {

    private static final double TOLERANCE = 1e-6;
    private static final double FACTOR = 1000;
    private static final int BATCH = 3;
    private static final int SIZE = 4;
    private static final long SEED = 1;

    /** @param tolerance up to which difference it holds */
    public record Property(boolean holds, @Nullable Double difference, double tolerance) {
        private static Property of(double[] expected, double[] found, double tolerance) {
            double difference = Numbers.finite(expected) && Numbers.finite(found)
                    ? Numbers.difference(expected, found)
                    : Double.POSITIVE_INFINITY;
            return new Property(
                    difference <= tolerance, Double.isFinite(difference) ? difference : null, tolerance);
        }
    }

    /**
     * An exponential average over batches of one number per channel.
     *
     * @param name of its tensor
     * @param of mean, mean_square or variance (divided by n)
     * @param value the number of the node that takes the moment
     */
    public record MovingAverage(String name, String of, int value, double initial) {}

    /**
     * @param constantInputs of 0, 1 and -2 everywhere
     * @param singlePixels maps of 1 by 1
     * @param singleSample a map of 1 by 1 by itself
     */
    public record Finite(boolean constantInputs, boolean singlePixels, boolean singleSample) {}

    public static Certificates of(LayerProgram program, @Nullable Double worstGradient) {
        Shape shape = new Shape(ProgramOutline.exemplary(program).channels(), SIZE, SIZE);
        Trial trial = Trial.of(program, BATCH, shape, SEED);
        return new Certificates(
                program.series(),
                advice(program.series()),
                movingAverages(program),
                scaleInvariance(trial.withoutEpsilon()),
                batchInvariance(trial),
                evaluationParity(trial),
                finite(trial),
                worstGradient);
    }

    /** What users of such layers ask first. */
    public static String advice(Series series) {
        return switch (series) {
            case S -> "S: each sample by itself; use it for batches below about 8 per device, or for streams.";
            case B ->
                "B: samples of a batch see each other, moving averages stand for them in evaluation;"
                        + " use it for large batches.";
        };
    }

    public static List<MovingAverage> movingAverages(LayerProgram program) {
        return program.batchMoments().stream()
                .map(value -> {
                    Moment moment = program.node(value).operation().moment();
                    String of = moment == Moment.MEAN ? "mean" : moment == Moment.RMS ? "mean_square" : "variance";
                    return new MovingAverage(
                            String.format(Locale.ROOT, "moment%d", value), of, value, moment == Moment.MEAN ? 0 : 1);
                })
                .toList();
    }

    private static Property scaleInvariance(Trial trial) {
        double[] x = trial.images();
        double[] scaled = Arrays.stream(x).map(each -> FACTOR * each).toArray();
        return Property.of(trial.forward(x), trial.forward(scaled), TOLERANCE);
    }

    private static Property batchInvariance(Trial trial) {
        int own = trial.elements() / trial.batch();
        double[] x = trial.images();
        double[] beside = x.clone();
        for (int i = own; i < beside.length; i++) {
            beside[i] = 3 - 2 * x[i];
        }
        return Property.of(
                Arrays.copyOf(trial.forward(x), own), Arrays.copyOf(trial.forward(beside), own), 0);
    }

    private static Property evaluationParity(Trial trial) {
        double[] x = trial.images();
        ReferenceProgram reference = trial.reference();
        double[] trained = trial.forward(reference, x);
        double[][] moments = reference.batchMoments();
        double[] evaluated = reference.infer(x, trial.vectors(), trial.scale(), trial.shift(), moments);
        return Property.of(trained, evaluated, TOLERANCE);
    }

    private static Finite finite(Trial trial) {
        Shape pixel = new Shape(trial.shape().channels(), 1, 1);
        Trial pixels = trial.on(BATCH, pixel);
        Trial single = trial.on(1, pixel);
        boolean constant = true;
        for (double number : new double[] {0, 1, -2}) {
            double[] x = new double[trial.elements()];
            Arrays.fill(x, number);
            constant &= finite(trial, x);
        }
        return new Finite(constant, finite(pixels, pixels.images()), finite(single, single.images()));
    }

    private static boolean finite(Trial trial, double[] x) {
        ReferenceProgram reference = trial.reference();
        double[] y = trial.forward(reference, x);
        Gradients gradients = reference.backward(trial.upstream());
        return Numbers.finite(y)
                && Numbers.finite(gradients.x())
                && Arrays.stream(gradients.vectors()).allMatch(Numbers::finite);
    }
}
