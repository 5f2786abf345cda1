package io.phyla.evaluators.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.phyla.evaluators.engine.Execution.Mode;
import io.phyla.spaces.design.Extent;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Shape;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What PyTorch 1.13 computes in double, by the reference to 1e-9 and by the plan to 3e-6 of the largest value. */
class PyTorchFiguresTest {

    @Test
    void transposedConvolution() {
        Layer layer = new Layer.TransposedConvolution(
                3, new Extent(3, 2), new Extent(2, 1), new Extent(1, 0), new Extent(1, 0), Extent.ONE, 1, true);
        check(
                new Shape(2, 2, 2),
                layer,
                grid(8, 0.37),
                List.of(grid(36, 0.11), new double[] {0.1, -0.2, 0.3}),
                new double[] {
                    -0.7954, 0.8733, -0.5105, -1.121, 2.7048, -0.6326, 0.9547, -1.0803, 0.7105, 0.5884, -1.4466, 0.7105,
                    0.5326, 0.0035, -1.2175, -1.3396, 2.0792, -1.3396, -0.8919, 0.207, 0.4105, 0.5326, -1.5024, 0.4105,
                    0.8698, -0.9617, 1.114, 1.4803, 0.9105, -1.2466, -0.1477, 1.3989, -0.4326, -0.514, 0.5849, 0.9105
                },
                List.of(
                        new double[] {-0.77, 0.385, -2.09, -0.66, 0.22, -1.155, 0.99, -0.88},
                        new double[] {
                            1.48, -1.665, 4.625, -2.22, -1.665, 4.44, 0.0, 0.74, -2.405, -1.48, -2.22, -1.295, 1.11,
                            -2.035, -1.665, 4.44, -1.48, 4.625, -0.925, 3.33, -2.59, 5.365, -2.035, -3.145, -1.665,
                            -1.295, 4.81, -1.48, 5.365, -0.925, -1.11, 3.145, -2.035, -3.145, -1.48, -2.59
                        },
                        new double[] {-1.0, 2.0, -2.0}));
    }

    @Test
    void layerNormalization() {
        check(
                new Shape(3, 1, 2),
                new Layer.LayerNormalization(1e-3),
                grid(6, 0.37),
                List.of(new double[] {1.5, -0.5, 2}, new double[] {0.1, 0.2, 0.3}),
                new double[] {-1.736000043, 2.069137094, 0.2, 0.7553976418, 2.748000057, -0.1039255577},
                List.of(
                        new double[] {
                            -0.734129526, -0.1999685316, 1.470270305, -0.3346531024, -0.7361407786, 0.534621634
                        },
                        new double[] {3.193137122, 0.5553976418, -2.037962822},
                        new double[] {0.5, 0.0, -0.5}));
    }

    @Test
    void softmaxInTwoGroups() {
        check(
                new Shape(4, 1, 2),
                new Layer.Softmax(2),
                grid(8, 0.37),
                List.of(),
                new double[] {
                    0.2478708886,
                    0.9507339939,
                    0.7521291114,
                    0.04926600608,
                    0.9507339939,
                    0.2478708886,
                    0.04926600608,
                    0.7521291114
                },
                List.of(new double[] {
                    -0.2796463667,
                    0.09367773346,
                    0.2796463667,
                    -0.09367773346,
                    -0.07025830009,
                    0.3728618223,
                    0.07025830009,
                    -0.3728618223
                }));
    }

    @Test
    void maximumOfWindowsThatAreNotSquare() {
        check(
                new Shape(1, 3, 4),
                new Layer.Pooling(Layer.Pooling.Kind.MAXIMUM, new Extent(2, 3), new Extent(1, 2), Extent.ONE, false),
                grid(12, 0.37),
                List.of(),
                new double[] {1.85, 1.85, 1.85, 1.85, 1.48, 1.11, -0.37, 0.74},
                List.of(new double[] {0.0, 0.5, 0.0, 0.0, -1.5, 0.0, 0.0, 1.0, 0.0, 0.0, -1.0, 0.0}));
    }

    @Test
    void bilinearTimesThree() {
        check(
                new Shape(1, 2, 2),
                new Layer.Upsample(3, Layer.Upsample.Kind.LINEAR),
                grid(4, 0.37),
                List.of(),
                new double[] {
                    -0.74,
                    -0.74,
                    0.1233333333,
                    0.9866666667,
                    1.85,
                    1.85,
                    -0.74,
                    -0.74,
                    0.1233333333,
                    0.9866666667,
                    1.85,
                    1.85,
                    -0.37,
                    -0.37,
                    0.04111111111,
                    0.4522222222,
                    0.8633333333,
                    0.8633333333,
                    0,
                    0,
                    -0.04111111111,
                    -0.08222222222,
                    -0.1233333333,
                    -0.1233333333,
                    0.37,
                    0.37,
                    -0.1233333333,
                    -0.6166666667,
                    -1.11,
                    -1.11,
                    0.37,
                    0.37,
                    -0.1233333333,
                    -0.6166666667,
                    -1.11,
                    -1.11
                },
                List.of(new double[] {1.111111111, -0.9444444444, -2.277777778, 1.111111111}));
    }

    @ParameterizedTest
    @EnumSource(value = Layer.Activation.Function.class, mode = EnumSource.Mode.EXCLUDE, names = "RELU")
    void activation(Layer.Activation.Function function) {
        Figures figures = figures(function);
        check(
                new Shape(6, 1, 1),
                new Layer.Activation(function),
                new double[] {-7.5, -2.25, -0.5, 0.75, 2.5, 6.5},
                List.of(),
                figures.values(),
                List.of(figures.gradient()));
    }

    private record Figures(double[] values, double[] gradient) {}

    private static Figures figures(Layer.Activation.Function function) {
        return switch (function) {
            case RELU6 ->
                new Figures(
                        new double[] {0.0, 0.0, 0.0, 0.75, 2.5, 6.0}, new double[] {0.0, 0.0, 0.0, -0.5, -1.5, 0.0});
            case HARD_SWISH ->
                new Figures(
                        new double[] {0, -0.28125, -0.2083333333, 0.46875, 2.291666667, 6.5},
                        new double[] {0.0, -0.375, 0.1666666667, -0.375, -2.0, 1.0});
            case HARD_SIGMOID ->
                new Figures(
                        new double[] {0.0, 0.125, 0.4166666667, 0.625, 0.9166666667, 1.0},
                        new double[] {0.0, 0.25, 0.08333333333, -0.08333333333, -0.25, 0.0});
            case SWISH ->
                new Figures(
                        new double[] {
                            -0.004145839777, -0.214536296, -0.1887703344, 0.5093840244, 2.31035455, 6.490242315
                        },
                        new double[] {
                            0.003590769408, -0.1480963651, 0.1300194063, -0.4212999722, -1.649101667, 1.008241854
                        });
            case SIGMOID ->
                new Figures(
                        new double[] {
                            0.0005527786369, 0.0953494649, 0.3775406688, 0.6791786992, 0.92414182, 0.9984988177
                        },
                        new double[] {
                            -0.0005524730727, 0.1293869167, 0.1175018561, -0.1089474969, -0.1051555748, 0.001498928709
                        });
            case TANH ->
                new Figures(
                        new double[] {
                            -0.9999993882, -0.9780261147, -0.4621171573, 0.6351489524, 0.9866142982, 0.9999954794
                        },
                        new double[] {
                            -1.223608533e-06,
                            0.06519737833,
                            0.3932238665,
                            -0.2982929041,
                            -0.03988834002,
                            9.041276755e-06
                        });
            case GELU ->
                new Figures(
                        new double[] {-2.393918397e-13, -0.02750506347, -0.1542687694, 0.5800294857, 2.484475837, 6.5},
                        new double[] {
                            1.793821488e-12, -0.08878461596, 0.06625243767, -0.4996128609, -1.556416629, 1.000000002
                        });
            case RELU -> throw new IllegalArgumentException("max(0, x) needs no figures");
        };
    }

    /** @param gradients of the images, then of each parameter */
    private static void check(
            Shape shape,
            Layer layer,
            double[] images,
            List<double[]> parameters,
            double[] output,
            List<double[]> gradients) {
        Network.Builder builder = new Network.Builder(shape);
        builder.add("layer", layer, 0);
        try (ReferenceExecution reference = new ReferenceExecution(builder.build(), 1);
                Plan plan = Plan.compile(builder.build(), 1, 1L << 24)) {
            reference.input(images);
            run(reference, parameters, output, gradients, 1e-9);
            float[] rounded = new float[images.length];
            IntStream.range(0, images.length).forEach(i -> rounded[i] = (float) images[i]);
            plan.input(rounded);
            run(plan, parameters, output, gradients, 3e-6);
        }
    }

    private static void run(
            Execution execution,
            List<double[]> parameters,
            double[] output,
            List<double[]> gradients,
            double tolerance) {
        execution.parameters().forEach(p -> execution.load(p, parameters.get(p.index())));
        execution.forward(Mode.TRAINING);
        close(execution.output(), output, tolerance);
        execution.backward(
                IntStream.range(0, output.length)
                        .mapToDouble(i -> ((i * 5 + 1) % 7 - 3) * 0.5)
                        .toArray(),
                true);
        close(execution.inputGradient(), gradients.getFirst(), tolerance);
        execution.parameters().forEach(p -> close(execution.gradient(p), gradients.get(p.index() + 1), tolerance));
    }

    private static void close(double[] actual, double[] expected, double tolerance) {
        double largest = IntStream.range(0, expected.length)
                .mapToDouble(i -> Math.abs(expected[i]))
                .max()
                .orElseThrow();
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).isCloseTo(expected[i], within(tolerance * Math.max(1, largest)));
        }
    }

    private static double[] grid(int count, double step) {
        return IntStream.range(0, count)
                .mapToDouble(i -> ((i * 7 + 3) % 11 - 5) * step)
                .toArray();
    }
}
