package io.phyla.evaluators.program;

import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.Shape;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * How far a fused program is from the reference, in units of what floats allow. That is what the reference itself moves by when its
 * inputs move by some units in the last place of a float, and as many units of the largest number that rounding errors come from:
 * the largest output, the {@linkplain GrossGradients gross gradient}.
 *
 * @param finite whether the reference's numbers are, and small enough for the squares of floats
 * @param conditioned whether the reference moves by less than a hundredth of that number
 * @param worst distance over tolerance, the largest over outputs and gradients
 * @param where what is worst: 0 outputs, 1 input gradients, 2 and more those of parameters
 */
record Agreement(boolean finite, boolean conditioned, double worst, int where) {

    private static final double MOVE = 4e-6;
    private static final double FLOOR = 4e-6;
    private static final double NOTHING = 1e-12;
    private static final double LARGEST = 1e15;
    private static final int MOVES = 4;

    boolean judgeable() {
        return finite && conditioned;
    }

    static Agreement of(LayerProgram program, int batch, Shape shape, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int channels = shape.channels();
        double[] x = normal(random, Math.toIntExact(batch * shape.elements()), 0, 1);
        double[] dy = normal(random, x.length, 0, 1);
        double[][] parameters = Stream.concat(
                        program.vectors().stream().map(it -> normal(random, channels, it.initial(), .3)),
                        Stream.of(normal(random, channels, 1, .3), normal(random, channels, 0, .3)))
                .toArray(double[][]::new);
        ReferenceProgram reference = new ReferenceProgram(program, batch, shape);
        double[][] expected = run(reference, program, x, dy, parameters);
        boolean small = small(reference, program);
        double[] sizes = sizes(expected, new GrossGradients(reference, program, batch, shape)
                .of(dy, parameters[program.vectors().size()]));
        double[][] moved = new double[expected.length][];
        Arrays.setAll(moved, i -> new double[expected[i].length]);
        LayerProgram noisy = NoisyProgram.of(program);
        int noises = noisy.vectors().size() - program.vectors().size();
        ReferenceProgram rounded = new ReferenceProgram(noisy, batch, shape);
        double[] ones = new double[channels];
        Arrays.fill(ones, 1);
        for (int i = 0; i < MOVES; i++) {
            double[][] other = run(
                    rounded,
                    noisy,
                    shaken(random, x),
                    shaken(random, dy),
                    Stream.concat(
                                    Stream.concat(
                                            Arrays.stream(parameters)
                                                    .limit(program.vectors().size()),
                                            Stream.generate(() -> ones).limit(noises)),
                                    Arrays.stream(parameters)
                                            .skip(program.vectors().size()))
                            .map(it -> shaken(random, it))
                            .toArray(double[][]::new));
            for (int part = 0; part < moved.length; part++) {
                // The noise has gradients, too, between those of the vectors and those of scale and shift.
                double[] there = other[part < moved.length - 2 ? part : part + noises];
                for (int j = 0; j < moved[part].length; j++) {
                    moved[part][j] =
                            Math.max(moved[part][j], Math.abs(there[j] - expected[part][j]));
                }
            }
        }
        double[][] found;
        try (FusedRun run = new FusedRun(program, batch, shape, true)) {
            run.parameters(parameters);
            double[] y = run.forward(x);
            double[] dx = run.backward(dy);
            found = Stream.concat(Stream.of(y, dx), Arrays.stream(run.gradients()))
                    .toArray(double[][]::new);
        }
        return compare(small, expected, moved, found, sizes);
    }

    /** Whether all values in between have squares in float. */
    private static boolean small(ReferenceProgram reference, LayerProgram program) {
        for (int value = 0; value < program.values(); value++) {
            double[] numbers = reference.value(value);
            if (numbers != null && Arrays.stream(numbers).anyMatch(it -> !(Math.abs(it) < LARGEST))) {
                return false;
            }
        }
        return true;
    }

    /** What rounding errors are in proportion to. */
    private static double[] sizes(double[][] expected, double[] gross) {
        double[] sizes = new double[expected.length];
        for (int part = 0; part < sizes.length; part++) {
            sizes[part] = Arrays.stream(expected[part]).map(Math::abs).max().orElse(0);
            if (part > 0 && part <= gross.length) {
                sizes[part] = Math.max(sizes[part], gross[part - 1]);
            }
        }
        return sizes;
    }

    private static Agreement compare(
            boolean small, double[][] expected, double[][] moved, double[][] found, double[] sizes) {
        boolean finite = small;
        boolean conditioned = true;
        double worst = 0;
        int where = 0;
        for (int part = 0; part < expected.length; part++) {
            finite &= sizes[part] < LARGEST;
            double most = Arrays.stream(moved[part]).max().orElse(0);
            conditioned &= most <= .01 * sizes[part] + NOTHING;
            for (int i = 0; i < expected[part].length; i++) {
                double distance = Math.abs(found[part][i] - expected[part][i]);
                double ratio = distance / (most + FLOOR * sizes[part] + NOTHING);
                if (!(ratio <= worst)) {
                    worst = Double.isNaN(ratio) ? Double.POSITIVE_INFINITY : ratio;
                    where = part;
                }
            }
        }
        return new Agreement(finite, conditioned, worst, where);
    }

    /** Outputs, then gradients with respect to input, vectors, scale and shift. */
    private static double[][] run(
            ReferenceProgram reference, LayerProgram program, double[] x, double[] dy, double[][] parameters) {
        int vectors = program.vectors().size();
        double[] y = reference.forward(
                x, Arrays.copyOf(parameters, vectors), parameters[vectors], parameters[vectors + 1]);
        ReferenceProgram.Gradients gradients = reference.backward(dy);
        return Stream.of(
                        Stream.of(y, gradients.x()),
                        Arrays.stream(gradients.vectors()),
                        Stream.of(gradients.scale(), gradients.shift()))
                .flatMap(it -> it)
                .toArray(double[][]::new);
    }

    private static double[] shaken(SplittableRandom random, double[] values) {
        return Arrays.stream(values)
                .map(it -> it * (1 + MOVE * (2 * random.nextInt(2) - 1)))
                .toArray();
    }

    /** Numbers that floats have. */
    private static double[] normal(SplittableRandom random, int count, double mean, double deviation) {
        double[] values = new double[count];
        Arrays.setAll(values, _ -> (double) (float) (mean + deviation * random.nextGaussian()));
        return values;
    }
}
