package io.phyla.evaluators.program;

import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.Operation;
import io.phyla.spaces.design.Operation.Axes;
import io.phyla.spaces.design.Operation.Moment;
import io.phyla.spaces.design.Shape;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A layer program as plain loops over doubles, N,C,H,W: what every faster execution is held against, and what programs are judged
 * by before they run in a network. Repeats to the bit on every machine.
 */
public final class ReferenceProgram {

    private final LayerProgram program;
    private final int channels;
    private final int elements;
    private final int count;
    private final boolean[] live;
    private final double[][] values;
    private final Map<Axes, Sets> sets = new EnumMap<>(Axes.class);
    private final double[][] means;
    private double[] scale = {};
    private boolean inference;

    /** Which set of a moment each element belongs to, and how many elements a set has. */
    private record Sets(int[] of, int count, int size) {}

    /**
     * Gradients of a loss.
     *
     * @param x with respect to the input, N,C,H,W
     * @param vectors one array per vector, one number per channel
     */
    public record Gradients(double[] x, double[][] vectors, double[] scale, double[] shift) {}

    public ReferenceProgram(LayerProgram program, int batch, Shape shape) {
        this.program = program;
        this.channels = shape.channels();
        this.elements = shape.height() * shape.width();
        this.count = Math.toIntExact(batch * shape.elements());
        this.live = program.live();
        this.values = new double[program.values()][];
        this.means = new double[program.values()][];
        for (int value = 0; value < values.length; value++) {
            if (live[value] && value != LayerProgram.X) {
                values[value] = new double[count];
            }
            @Nullable
            Axes axes = program.isNode(value) ? program.node(value).operation().axes() : null;
            if (live[value] && axes != null) {
                sets.computeIfAbsent(axes, this::sets);
            }
        }
    }

    private Sets sets(Axes axes) {
        int groups = program.groups(channels);
        int samples = count / channels / elements;
        int[] of = new int[count];
        for (int i = 0; i < count; i++) {
            int channel = i / elements % channels;
            int sample = i / elements / channels;
            of[i] = switch (axes) {
                case BATCH -> channel;
                case INSTANCE -> sample * channels + channel;
                case LAYER -> sample;
                case GROUP -> sample * groups + channel / (channels / groups);
            };
        }
        int number = switch (axes) {
            case BATCH -> channels;
            case INSTANCE -> samples * channels;
            case LAYER -> samples;
            case GROUP -> samples * groups;
        };
        return new Sets(of, number, count / number);
    }

    /**
     * With moments of this batch, as in training.
     *
     * @param vectors one array per vector, one number per channel
     * @param scale one number per channel; ignored, like the shift, if the program is not affine
     */
    public double[] forward(double[] x, double[][] vectors, double[] scale, double[] shift) {
        return run(x, vectors, scale, shift, null);
    }

    /**
     * With moving averages instead of moments of this batch.
     *
     * @param moving for each of {@link LayerProgram#batchMoments()} the mean, mean square or variance per channel
     */
    public double[] infer(double[] x, double[][] vectors, double[] scale, double[] shift, double[][] moving) {
        return run(x, vectors, scale, shift, moving);
    }

    private double[] run(
            double[] x, double[][] vectors, double[] scales, double[] shifts, double @Nullable [][] moving) {
        inference = moving != null;
        scale = scales;
        values[LayerProgram.X] = x;
        List<Integer> batchMoments = program.batchMoments();
        for (int value = LayerProgram.FIRST_VECTOR; value < values.length; value++) {
            if (!live[value]) {
                continue;
            }
            double[] y = values[value];
            if (program.isVector(value)) {
                double[] vector = vectors[value - LayerProgram.FIRST_VECTOR];
                for (int i = 0; i < count; i++) {
                    y[i] = vector[i / elements % channels];
                }
                continue;
            }
            Operation operation = program.node(value).operation();
            double[] a = values[program.node(value).inputs().getFirst()];
            if (operation.axes() == null) {
                double[] b = values[program.node(value).inputs().getLast()];
                for (int i = 0; i < count; i++) {
                    y[i] = ElementwiseMath.value(operation, a[i], b[i], program.epsilon());
                }
            } else if (moving != null && operation.mixesSamples()) {
                double[] moment = moving[batchMoments.indexOf(value)];
                for (int i = 0; i < count; i++) {
                    double it = moment[i / elements % channels];
                    y[i] = operation.moment() == Moment.MEAN ? it : Math.sqrt(it + program.epsilon());
                }
            } else {
                moment(value, operation, a, y);
            }
        }
        double[] result = values[program.output()].clone();
        for (int i = 0; program.affine() && i < count; i++) {
            int channel = i / elements % channels;
            result[i] = result[i] * scales[channel] + shifts[channel];
        }
        return result;
    }

    private void moment(int value, Operation operation, double[] a, double[] y) {
        Sets of = of(operation);
        double[] mean = new double[of.count()];
        if (operation.moment() != Moment.RMS) {
            for (int i = 0; i < count; i++) {
                mean[of.of()[i]] += a[i];
            }
            for (int set = 0; set < mean.length; set++) {
                mean[set] /= of.size();
            }
        }
        means[value] = mean;
        double[] raw = raw(operation, of, a, mean);
        for (int i = 0; i < count; i++) {
            double it = raw[of.of()[i]];
            y[i] = operation.moment() == Moment.MEAN ? it : Math.sqrt(it + program.epsilon());
        }
    }

    /** Means, mean squares, or variances. */
    private double[] raw(Operation operation, Sets of, double[] a, double[] mean) {
        if (operation.moment() == Moment.MEAN) {
            return mean;
        }
        double[] squares = new double[of.count()];
        for (int i = 0; i < count; i++) {
            double from = a[i] - mean[of.of()[i]];
            squares[of.of()[i]] += from * from;
        }
        for (int set = 0; set < squares.length; set++) {
            squares[set] /= of.size();
        }
        return squares;
    }

    private Sets of(Operation operation) {
        return Objects.requireNonNull(sets.get(Objects.requireNonNull(operation.axes())));
    }

    /** What the last {@link #forward} adds to the moving averages: for each batch moment the mean, mean square or variance. */
    public double[][] batchMoments() {
        return program.batchMoments().stream()
                .map(value -> raw(
                        program.node(value).operation(),
                        of(program.node(value).operation()),
                        values[program.node(value).inputs().getFirst()],
                        means[value]))
                .toArray(double[][]::new);
    }

    /** The value with this number after the last run, N,C,H,W; null if it has no part in the output. */
    public double @Nullable [] value(int number) {
        return values[number];
    }

    /** From the last {@link #forward}. */
    public Gradients backward(double[] dy) {
        if (inference) {
            throw new IllegalStateException("there is no backward run of inference");
        }
        double[][] gradients = new double[values.length][];
        for (int value = 0; value < values.length; value++) {
            gradients[value] = new double[live[value] || value == LayerProgram.X ? count : 0];
        }
        double[] scaleGradient = new double[channels];
        double[] shiftGradient = new double[channels];
        for (int i = 0; i < count; i++) {
            int channel = i / elements % channels;
            gradients[program.output()][i] = program.affine() ? dy[i] * scale[channel] : dy[i];
            scaleGradient[channel] += dy[i] * values[program.output()][i];
            shiftGradient[channel] += dy[i];
        }
        for (int value = values.length - 1; value >= program.firstNode(); value--) {
            if (live[value]) {
                propagate(value, gradients);
            }
        }
        double[][] vectors = new double[program.vectors().size()][channels];
        for (int vector = 0; vector < vectors.length; vector++) {
            double[] gradient = gradients[LayerProgram.FIRST_VECTOR + vector];
            for (int i = 0; i < gradient.length; i++) {
                vectors[vector][i / elements % channels] += gradient[i];
            }
        }
        return new Gradients(gradients[LayerProgram.X], vectors, scaleGradient, shiftGradient);
    }

    private void propagate(int value, double[][] gradients) {
        Operation operation = program.node(value).operation();
        int first = program.node(value).inputs().getFirst();
        int second = program.node(value).inputs().getLast();
        double[] dy = gradients[value];
        double[] a = values[first];
        double[] y = values[value];
        if (operation.axes() != null) {
            spread(value, operation, a, y, dy, gradients[first]);
            return;
        }
        double[] b = values[second];
        for (int i = 0; i < count; i++) {
            if (dy[i] == 0) {
                continue;
            }
            gradients[first][i] += dy[i] * ElementwiseMath.slope(operation, a[i], b[i], y[i], program.epsilon());
            if (operation.arity() == 2) {
                gradients[second][i] += dy[i] * ElementwiseMath.secondSlope(operation, a[i], b[i], program.epsilon());
            }
        }
    }

    private void spread(int value, Operation operation, double[] a, double[] y, double[] dy, double[] da) {
        Sets of = of(operation);
        double[] sums = new double[of.count()];
        for (int i = 0; i < count; i++) {
            sums[of.of()[i]] += dy[i];
        }
        for (int i = 0; i < count; i++) {
            double share = sums[of.of()[i]] / of.size();
            da[i] += operation.moment() == Moment.MEAN ? share : share * (a[i] - means[value][of.of()[i]]) / y[i];
        }
    }

    /** What every vector is at first, for {@link #forward}. */
    public static double[][] initialVectors(LayerProgram program, int channels) {
        return program.vectors().stream()
                .map(vector -> {
                    double[] values = new double[channels];
                    Arrays.fill(values, vector.initial());
                    return values;
                })
                .toArray(double[][]::new);
    }
}
