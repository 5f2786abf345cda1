package io.phyla.evaluators.program;

import static io.phyla.evaluators.program.Programs.VECTORS;
import static io.phyla.spaces.design.Operation.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.LayerProgram.Node;
import io.phyla.spaces.design.LayerProgram.Vector;
import io.phyla.spaces.design.Operation;
import io.phyla.spaces.design.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Programs at the edges of what is allowed, in the smallest shapes there are, in training and in inference. */
class OddProgramsTest {

    private static final List<Shape> SHAPES =
            List.of(new Shape(1, 1, 1), new Shape(1, 3, 3), new Shape(5, 1, 1), new Shape(6, 2, 3));

    private static LayerProgram output(int value, boolean affine) {
        return new LayerProgram(VECTORS, List.of(), value, affine, 0, LayerProgram.EPSILON);
    }

    /** Samples of one to three numbers are shorter than the vectors that kernels take: nothing behind the tensors may change. */
    @Test
    void resultsMayBeTheInputZeroOrAVector() {
        for (Shape shape : SHAPES) {
            for (int batch : new int[] {1, 2, 17}) {
                for (int value = 0; value < 4; value++) {
                    agrees(output(value, true), batch, shape);
                    agrees(output(value, false), batch, shape);
                }
            }
        }
    }

    @Test
    void resultsMayBeMomentsAndMomentsOfMoments() {
        for (Operation moment : Operation.values()) {
            if (moment.axes() == null) {
                continue;
            }
            for (Operation then : Operation.values()) {
                if (then.arity() == 1) {
                    Node taken = Node.of(then, 4);
                    Shape shape = SHAPES.get((moment.ordinal() + then.ordinal()) % SHAPES.size());
                    agrees(Programs.of(100, 1e-3, Node.of(moment, 0), taken), 2, shape);
                    agrees(Programs.of(4, 1e-3, Node.of(moment, 3), taken, Node.of(ADD, 5, 0)), 1, shape);
                }
            }
        }
    }

    /** Deeper than a stack: whatever walks a program must not recurse. */
    @Test
    void aProgramMayHaveAsManyNodesAndVectorsAsThereMayBe() {
        List<Vector> vectors = IntStream.range(0, 100)
                .mapToObj(i -> new Vector("v" + i, 0.001 * i))
                .toList();
        for (Operation operation : List.of(NEG, ADD, STD_WHC)) {
            List<Node> nodes = new ArrayList<>();
            for (int i = 0; i < LayerProgram.MOST_NODES; i++) {
                int last = i == 0 ? LayerProgram.X : 101 + i;
                nodes.add(operation.arity() == 1 ? Node.of(operation, last) : Node.of(operation, last, 2 + i % 100));
            }
            agrees(new LayerProgram(vectors, nodes, 1101, true, 0, LayerProgram.EPSILON), 2, new Shape(3, 2, 2));
        }
    }

    private static void agrees(LayerProgram program, int batch, Shape shape) {
        SplittableRandom random = new SplittableRandom(3);
        int channels = shape.channels();
        double[] x = floats(random, Math.toIntExact(batch * shape.elements()));
        double[] dy = floats(random, x.length);
        double[][] rows = new double[program.vectors().size() + 2][];
        Arrays.setAll(rows, _ -> floats(random, channels));
        double[][] vectors = Arrays.copyOf(rows, rows.length - 2);
        double[] scale = rows[rows.length - 2];
        double[] shift = rows[rows.length - 1];
        double[][] moving = new double[program.batchMoments().size()][];
        Arrays.setAll(
                moving,
                _ -> Arrays.stream(floats(random, channels)).map(Math::abs).toArray());
        ReferenceProgram reference = new ReferenceProgram(program, batch, shape);
        String name = program.pruned().nodes() + " -> " + program.output() + " " + batch + " " + shape;
        try (FusedRun run = new FusedRun(program, batch, shape, true)) {
            run.parameters(program.affine() ? rows : vectors);
            run.moving(moving);
            close(name + " inference", run.infer(x), reference.infer(x, vectors, scale, shift, moving));
            double[] y = reference.forward(x, vectors, scale, shift);
            close(name, run.forward(x), y);
            ReferenceProgram.Gradients expected = reference.backward(dy);
            close(name + " dx", run.backward(dy), expected.x());
            double[][] found = run.gradients();
            for (int i = 0; i < vectors.length; i++) {
                close(name + " dv" + i, found[i], expected.vectors()[i]);
            }
            if (program.affine()) {
                close(name + " dscale", found[vectors.length], expected.scale());
                close(name + " dshift", found[vectors.length + 1], expected.shift());
            }
            double[][] inside = run.program().batchMoments();
            double[][] right = reference.batchMoments();
            for (int i = 0; i < right.length; i++) {
                close(name + " moment", inside[i], right[i]);
            }
        }
    }

    private static void close(String name, double[] found, double[] expected) {
        double size = 1e-3 + Arrays.stream(expected).map(Math::abs).max().orElse(0);
        assertThat(found).as(name).containsExactly(expected, within(2e-4 * size));
    }

    private static double[] floats(SplittableRandom random, int count) {
        return random.doubles(count, -2, 2).map(it -> (float) it).toArray();
    }
}
