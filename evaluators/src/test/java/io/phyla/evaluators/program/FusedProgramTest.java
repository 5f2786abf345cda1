package io.phyla.evaluators.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.phyla.evaluators.OwnProcess;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.LayerProgram.Node;
import io.phyla.spaces.design.Operation;
import io.phyla.spaces.design.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Fused programs against the plain reference: outputs, all gradients, moments. */
class FusedProgramTest {

    private static final int PROGRAMS = 1000;
    private static final int FEW = 200;

    /** Ragged channels, one pixel, one sample, more channels than a tile has elements. */
    private static final List<Shape> SHAPES = List.of(
            new Shape(8, 3, 4),
            new Shape(12, 2, 4),
            new Shape(20, 5, 5),
            new Shape(5, 3, 3),
            new Shape(7, 1, 1),
            new Shape(32, 6, 6),
            new Shape(1, 4, 3),
            new Shape(600, 1, 2),
            new Shape(33, 2, 3),
            new Shape(3, 16, 16));

    private static Stream<LayerProgram> published() {
        return Stream.of(
                Programs.b0(),
                Programs.b1(),
                Programs.b2(),
                Programs.s0(Operation.STD_WHCG),
                Programs.s1(Operation.RMS_WHCG),
                Programs.frn(),
                Programs.rectified(Operation.MEAN_BWH, Operation.STD_BWH),
                Programs.rectified(Operation.MEAN_WHC, Operation.STD_WHC),
                Programs.rectified(Operation.MEAN_WH, Operation.STD_WH),
                new LayerProgram(Programs.VECTORS, List.of(), LayerProgram.X, true, 0, LayerProgram.EPSILON));
    }

    @ParameterizedTest
    @MethodSource("published")
    void publishedLayersAgreeWithTheReference(LayerProgram program) {
        for (Shape shape : SHAPES) {
            for (int batch : new int[] {1, 3}) {
                // One pixel of one sample has no deviation: its slopes are those of a root at 0.
                if (shape.elements() / shape.channels() * batch > 1) {
                    Agreement agreement = Agreement.of(program, batch, shape, 1);
                    assertThat(agreement.finite()).isTrue();
                    assertThat(agreement.worst()).as("%s %s", batch, shape).isLessThan(1);
                }
            }
        }
    }

    @Test
    void randomProgramsAgreeWithTheReference() {
        randomProgramsAgree(FEW);
    }

    @Test
    @Tag("slow")
    void aThousandRandomProgramsAgreeWithTheReference() {
        randomProgramsAgree(PROGRAMS);
    }

    private static void randomProgramsAgree(int programs) {
        SplittableRandom random = new SplittableRandom(42);
        int skipped = 0;
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < programs; ) {
            LayerProgram program = Programs.random(random, i % 2 == 0, 10, 4 * (i % 3));
            if (!Programs.readsInput(program) || program.liveNodes() < 2) {
                continue;
            }
            Agreement agreement = Agreement.of(program, 1 + i % 4, SHAPES.get(i % SHAPES.size()), i);
            i++;
            if (!agreement.judgeable()) {
                skipped++;
            } else if (agreement.worst() >= 1) {
                wrong.add(i + " " + agreement + " " + SHAPES.get((i - 1) % SHAPES.size()) + " "
                        + program.pruned().nodes());
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(skipped).isLessThan(programs / 20);
    }

    /** Variances are sums of distances: digits that x has in common with all its neighbours are not squared. */
    @Test
    void aMeanFarFromZeroCostsNoDigits() {
        Shape shape = new Shape(5, 6, 7);
        double[] x = new double[4 * 5 * 6 * 7];
        SplittableRandom random = new SplittableRandom(4);
        Arrays.setAll(x, _ -> (double) (float) (1000 + random.nextGaussian()));
        for (Operation std : List.of(Operation.STD_WH, Operation.STD_WHC, Operation.STD_BWH)) {
            LayerProgram program = Programs.of(Node.of(std, LayerProgram.X));
            double[][] row = {new double[5], new double[5], ones(), new double[5]};
            double[] expected = new ReferenceProgram(program, 4, shape).forward(x, row, row[2], row[3]);
            try (FusedRun run = new FusedRun(program, 4, shape, false)) {
                run.parameters(row);
                assertThat(run.forward(x)).containsExactly(expected, within(1e-4));
            }
        }
    }

    /** Running again gives the same bits, in another memory too. */
    @Test
    void numbersRepeat() {
        SplittableRandom random = new SplittableRandom(6);
        Shape shape = new Shape(12, 4, 5);
        double[] x = random.doubles(3 * shape.elements(), -2, 2).toArray();
        for (int i = 0; i < 30; i++) {
            LayerProgram program = Programs.random(random, true, 10, 2);
            double[][] rows = {new double[12], new double[12], new double[12], new double[12]};
            for (double[] row : rows) {
                Arrays.setAll(row, _ -> random.nextDouble(.5, 1.5));
            }
            try (FusedRun first = new FusedRun(program, 3, shape, true);
                    FusedRun second = new FusedRun(program, 3, shape, true)) {
                first.parameters(rows);
                second.parameters(rows);
                double[] y = first.forward(x);
                double[] dx = first.backward(x);
                assertThat(first.backward(x)).isEqualTo(dx);
                assertThat(second.forward(x)).isEqualTo(y);
                assertThat(second.backward(x)).isEqualTo(dx);
                assertThat(second.gradients()).isDeepEqualTo(first.gradients());
            }
        }
    }

    /** A worker's first layer gives what it would have given as its last one. */
    @Test
    void interpretedAndCompiledKernelsGiveTheSameBits() throws Exception {
        assertThat(OwnProcess.lastLine(List.of("-Xint"), KernelBits.class, "1"))
                .isEqualTo(String.valueOf(KernelBits.of(200)));
    }

    private static double[] ones() {
        return new double[] {1, 1, 1, 1, 1};
    }
}
