package io.phyla.spaces.program;

import static io.phyla.spaces.design.Operation.ABS;
import static io.phyla.spaces.design.Operation.ADD;
import static io.phyla.spaces.design.Operation.DIV;
import static io.phyla.spaces.design.Operation.EXP;
import static io.phyla.spaces.design.Operation.LOG;
import static io.phyla.spaces.design.Operation.MAX;
import static io.phyla.spaces.design.Operation.MEAN_WH;
import static io.phyla.spaces.design.Operation.MUL;
import static io.phyla.spaces.design.Operation.NEG;
import static io.phyla.spaces.design.Operation.RMS_WH;
import static io.phyla.spaces.design.Operation.SIGMOID;
import static io.phyla.spaces.design.Operation.SQRT;
import static io.phyla.spaces.design.Operation.SQUARE;
import static io.phyla.spaces.design.Operation.STD_BWH;
import static io.phyla.spaces.design.Operation.STD_WH;
import static io.phyla.spaces.design.Operation.TANH;
import static io.phyla.spaces.program.ProgramBuilder.X;
import static io.phyla.spaces.program.ProgramBuilder.ZERO;
import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.spaces.design.LayerProgram;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SimplificationTest {

    /** Builds a program around its output. */
    private interface Graph extends ToIntFunction<ProgramBuilder> {}

    private static LayerProgram program(Graph graph, double epsilon) {
        ProgramBuilder builder = new ProgramBuilder();
        builder.vector("v0", 0);
        return builder.build(graph.applyAsInt(builder), true, 0, epsilon);
    }

    private static LayerProgram program(Graph graph) {
        return program(graph, LayerProgram.EPSILON);
    }

    private static Arguments same(String identity, Graph written, Graph simple) {
        return Arguments.of(identity, written, simple);
    }

    static Stream<Arguments> identities() {
        return Stream.of(
                same("max(x, x) = x", p -> p.node(MAX, X, X), p -> X),
                same("--x = x", p -> p.node(NEG, p.node(NEG, X)), p -> X),
                same("||x|| = |x|", p -> p.node(ABS, p.node(ABS, X)), p -> p.node(ABS, X)),
                same("|-x| = |x|", p -> p.node(ABS, p.node(NEG, X)), p -> p.node(ABS, X)),
                same("|-x^2| = x^2", p -> p.node(ABS, p.node(NEG, p.node(SQUARE, X))), p -> p.node(SQUARE, X)),
                same("|e^x| = e^x", p -> p.node(ABS, p.node(EXP, X)), p -> p.node(EXP, X)),
                same("|std| = std", p -> p.node(ABS, p.node(STD_WH, X)), p -> p.node(STD_WH, X)),
                same("|relu| = relu", p -> p.node(ABS, p.node(MAX, ZERO, X)), p -> p.node(MAX, ZERO, X)),
                same("(-x)^2 = x^2", p -> p.node(SQUARE, p.node(NEG, X)), p -> p.node(SQUARE, X)),
                same("(-|x|)^2 = x^2", p -> p.node(SQUARE, p.node(NEG, p.node(ABS, X))), p -> p.node(SQUARE, X)),
                same("rms(|x|) = rms(x)", p -> p.node(RMS_WH, p.node(ABS, X)), p -> p.node(RMS_WH, X)),
                same("std(-x) = std(x)", p -> p.node(STD_BWH, p.node(NEG, X)), p -> p.node(STD_BWH, X)),
                same("x + 0 = x", p -> p.node(ADD, X, ZERO), p -> X),
                same("0 + x = x", p -> p.node(ADD, ZERO, X), p -> X),
                same("x + tanh(-0) = x", p -> p.node(ADD, X, p.node(TANH, p.node(NEG, ZERO))), p -> X),
                same("mean(0) = 0", p -> p.node(MEAN_WH, ZERO), p -> ZERO),
                same("log(0) = 0", p -> p.node(LOG, ZERO), p -> ZERO),
                same("x * 1 = x", p -> p.node(MUL, X, p.node(EXP, ZERO)), p -> X),
                same("x / 1^2 = x", p -> p.node(DIV, X, p.node(SQUARE, p.node(EXP, ZERO))), p -> X),
                same("x * x = x^2", p -> p.node(MUL, X, X), p -> p.node(SQUARE, X)),
                same("-x * -x = x^2", p -> p.node(MUL, p.node(NEG, X), p.node(NEG, X)), p -> p.node(SQUARE, X)),
                same(
                        "-x * -sqrt(x) = x * sqrt(x)",
                        p -> p.node(MUL, p.node(NEG, X), p.node(NEG, p.node(SQRT, X))),
                        p -> p.node(MUL, X, p.node(SQRT, X))),
                same("max(x, -x) = |x|", p -> p.node(MAX, p.node(NEG, X), X), p -> p.node(ABS, X)),
                same("max(x, |x|) = |x|", p -> p.node(MAX, X, p.node(ABS, X)), p -> p.node(ABS, X)),
                same("max(|x|, -x) = |x|", p -> p.node(MAX, p.node(ABS, X), p.node(NEG, X)), p -> p.node(ABS, X)),
                same("max(e^x, 0) = e^x", p -> p.node(MAX, p.node(EXP, X), ZERO), p -> p.node(EXP, X)),
                same("max(relu, x) = relu", p -> p.node(MAX, p.node(MAX, X, ZERO), X), p -> p.node(MAX, X, ZERO)),
                same(
                        "what is the same is computed once",
                        p -> p.node(DIV, p.node(ADD, X, p.vector("v0", 0)), p.node(ADD, p.vector("v0", 0), X)),
                        p -> {
                            int sum = p.node(ADD, X, p.vector("v0", 0));
                            return p.node(DIV, sum, sum);
                        }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("identities")
    void applies(String identity, Graph written, Graph simple) {
        assertThat(Simplification.of(program(written))).isEqualTo(program(simple));
    }

    static Stream<Arguments> differences() {
        return Stream.of(
                same("x * 0 is NaN for infinite x", p -> p.node(MUL, X, ZERO), p -> ZERO),
                same("x - x is NaN for infinite x", p -> p.node(ADD, X, p.node(NEG, X)), p -> ZERO),
                same("x / x is 0 at 0", p -> p.node(DIV, X, X), p -> p.node(EXP, ZERO)),
                same("0 / x is NaN for NaN", p -> p.node(DIV, ZERO, X), p -> ZERO),
                same(
                        "x / -y has the guard's sign at 0",
                        p -> p.node(DIV, p.node(EXP, X), p.node(NEG, X)),
                        p -> p.node(NEG, p.node(DIV, p.node(EXP, X), X))),
                same("sqrt(x^2) has epsilon in it", p -> p.node(SQRT, p.node(SQUARE, X)), p -> p.node(ABS, X)),
                same("std(|x|) is another deviation", p -> p.node(STD_WH, p.node(ABS, X)), p -> p.node(STD_WH, X)),
                same("|x + e^x| may be negative inside", p -> p.node(ABS, p.node(ADD, X, p.node(EXP, X))), p -> p.node(
                        ADD, X, p.node(EXP, X))),
                same("sigmoid(0) is no 0", p -> p.node(ADD, X, p.node(SIGMOID, ZERO)), p -> X),
                same("division has an order", p -> p.node(DIV, X, p.node(EXP, X)), p -> p.node(DIV, p.node(EXP, X), X)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("differences")
    void leavesWhatIsNotExact(String difference, Graph written, Graph other) {
        assertThat(Simplification.canonical(program(written))).isNotEqualTo(Simplification.canonical(program(other)));
    }

    /** Without an epsilon the logarithm of 0 is infinite, and 0 times that is NaN. */
    @Test
    void logarithmsOfZeroNeedAnEpsilon() {
        Graph logarithm = p -> p.node(LOG, ZERO);
        assertThat(Simplification.of(program(logarithm, 0)).liveNodes()).isEqualTo(1);
    }

    @Test
    void canonicalFormDoesNotDependOnNumbersAndOrder() {
        LayerProgram one = program(p -> {
            int up = p.node(EXP, X);
            p.node(NEG, up);
            int down = p.node(TANH, X);
            return p.node(ADD, p.node(MUL, down, up), p.node(MAX, up, ZERO));
        });
        LayerProgram other = program(p -> {
            int down = p.node(TANH, X);
            int up = p.node(EXP, X);
            return p.node(ADD, p.node(ABS, up), p.node(MUL, up, down));
        });
        assertThat(Simplification.canonical(one)).isEqualTo(Simplification.canonical(other));
        assertThat(Simplification.canonical(one).nodes())
                .extracting(LayerProgram.Node::operation)
                .containsExactly(TANH, EXP, MUL, ADD);
    }
}
