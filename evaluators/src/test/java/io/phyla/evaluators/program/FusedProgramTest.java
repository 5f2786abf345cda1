package io.phyla.evaluators.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.Operation;
import io.phyla.spaces.design.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Fused programs against the plain reference: outputs, all gradients, moments. */
class FusedProgramTest {

    private static final int PROGRAMS = 1000;

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
        SplittableRandom random = new SplittableRandom(42);
        int skipped = 0;
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < PROGRAMS; ) {
            LayerProgram program = Programs.random(random, i % 2 == 0, 10, 4 * (i % 3));
            if (!Programs.readsInput(program) || program.liveNodes() < 2) {
                continue;
            }
            Agreement agreement = Agreement.of(program, 1 + i % 4, SHAPES.get(i % SHAPES.size()), i);
            i++;
            if (!agreement.judgeable()) {
                skipped++;
            } else if (agreement.worst() >= 1) {
                wrong.add(i + " " + agreement + " " + SHAPES.get((i - 1) % SHAPES.size()) + " " + program.pruned().nodes());
            }
        }
        System.out.println("skipped " + skipped);
        assertThat(wrong).isEmpty();
        assertThat(skipped).isLessThan(PROGRAMS / 20);
    }
}
