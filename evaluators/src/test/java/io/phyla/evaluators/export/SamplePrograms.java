package io.phyla.evaluators.export;

import io.phyla.evaluators.program.ReferenceProgram;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.LayerProgram.Node;
import io.phyla.spaces.design.LayerProgram.Vector;
import io.phyla.spaces.design.Operation;
import io.phyla.spaces.design.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Layer programs that somebody published, and random ones that mean something in single precision. */
public final class SamplePrograms {

    private static final List<Vector> VECTORS = List.of(new Vector("v0", 0), new Vector("v1", 1));
    private static final int MOST_NODES = 12;
    private static final double LARGE = 1e4;

    private SamplePrograms() {}

    /** EvoNorm-S0 and -B0, batch normalisation with its factors inside, and one with a root, a logarithm and a guarded divisor. */
    public static Map<String, LayerProgram> published() {
        Map<String, LayerProgram> programs = new LinkedHashMap<>();
        programs.put(
                "evonorm-s0",
                program(
                        4,
                        Node.of(Operation.MUL, 0, 3),
                        Node.of(Operation.SIGMOID, 4),
                        Node.of(Operation.MUL, 0, 5),
                        Node.of(Operation.STD_WHCG, 0),
                        Node.of(Operation.DIV, 6, 7)));
        programs.put(
                "evonorm-b0",
                program(
                        0,
                        Node.of(Operation.MUL, 3, 0),
                        Node.of(Operation.STD_WH, 0),
                        Node.of(Operation.ADD, 4, 5),
                        Node.of(Operation.STD_BWH, 0),
                        Node.of(Operation.MAX, 7, 6),
                        Node.of(Operation.DIV, 0, 8)));
        programs.put(
                "bn-relu",
                new LayerProgram(
                        List.of(new Vector("lambda", 1), new Vector("training", 0)),
                        List.of(
                                Node.of(Operation.MEAN_BWH, 0),
                                Node.of(Operation.NEG, 4),
                                Node.of(Operation.ADD, 0, 5),
                                Node.of(Operation.STD_BWH, 0),
                                Node.of(Operation.DIV, 6, 7),
                                Node.of(Operation.MUL, 8, 2),
                                Node.of(Operation.ADD, 9, 3),
                                Node.of(Operation.MAX, 10, 1)),
                        11,
                        false,
                        0,
                        LayerProgram.EPSILON));
        programs.put(
                "odd",
                program(
                        2,
                        Node.of(Operation.SQRT, 2),
                        Node.of(Operation.LOG, 0),
                        Node.of(Operation.DIV, 5, 3),
                        Node.of(Operation.RMS_WHC, 6),
                        Node.of(Operation.MEAN_WHCG, 2),
                        Node.of(Operation.MAX, 1, 8),
                        Node.of(Operation.ADD, 7, 9),
                        Node.of(Operation.ADD, 10, 4)));
        return programs;
    }

    private static LayerProgram program(int groupSize, Node... nodes) {
        return new LayerProgram(
                VECTORS,
                List.of(nodes),
                LayerProgram.FIRST_VECTOR + VECTORS.size() + nodes.length - 1,
                true,
                groupSize,
                LayerProgram.EPSILON);
    }

    /** Random graphs, but for those whose values leave the range of single precision or hang on its last digits. */
    public static Stream<LayerProgram> random(int count) {
        return LongStream.iterate(0, seed -> seed + 1)
                .mapToObj(SamplePrograms::random)
                .filter(SamplePrograms::tame)
                .limit(count);
    }

    private static LayerProgram random(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int count = 2 + random.nextInt(MOST_NODES - 1);
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Operation operation = Operation.values()[random.nextInt(Operation.values().length)];
            List<Integer> inputs = new ArrayList<>();
            for (int input = 0; input < operation.arity(); input++) {
                int from = 4 + i;
                // Mostly what came last, so that something lives.
                inputs.add(random.nextInt(3) == 0 ? random.nextInt(from) : Math.max(0, from - 1 - random.nextInt(2)));
            }
            nodes.add(new Node(operation, inputs));
        }
        int groupSize = random.nextInt(4);
        return new LayerProgram(VECTORS, nodes, 3 + count, random.nextBoolean(), groupSize, LayerProgram.EPSILON);
    }

    /** Whether a change of the last digits of x stays one, in value and in slope. */
    private static boolean tame(LayerProgram program) {
        double[][] first = run(program, 0);
        double[][] other = run(program, 1e-7);
        for (int i = 0; i < first.length; i++) {
            double largest = 1e-2;
            double change = 0;
            for (int j = 0; j < first[i].length; j++) {
                largest = Math.max(largest, Math.abs(first[i][j]));
                change = Math.max(change, Math.abs(first[i][j] - other[i][j]));
            }
            if (!(largest < LARGE) || !(change < 1e-6 * largest)) {
                return false;
            }
        }
        return true;
    }

    /** All values and the gradient. */
    private static double[][] run(LayerProgram program, double noise) {
        Shape shape = new Shape(6, 3, 4);
        ReferenceProgram reference = new ReferenceProgram(program, 2, shape);
        SplittableRandom random = new SplittableRandom(5);
        double[] x = random.doubles(2 * shape.elements(), -2, 2).toArray();
        for (int i = 0; i < x.length; i++) {
            x[i] *= 1 + noise * random.nextDouble(-1, 1);
        }
        double[] ones = new double[6];
        Arrays.fill(ones, 1);
        double[][] vectors = {random.doubles(6, -0.5, 0.5).toArray(), random.doubles(6, 0.5, 1.5).toArray()};
        reference.forward(x, vectors, ones, new double[6]);
        List<double[]> found = new ArrayList<>();
        for (int value = 0; value < program.values(); value++) {
            double[] values = reference.value(value);
            if (values != null) {
                found.add(values.clone());
            }
        }
        double[] upstream = random.doubles(x.length, -1, 1).toArray();
        found.add(reference.backward(upstream).x());
        return found.toArray(double[][]::new);
    }
}
