package io.phyla.spaces.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.LayerProgram.Node;
import io.phyla.spaces.design.LayerProgram.Series;
import io.phyla.spaces.evonorm.EvoNormParameters;
import io.phyla.spaces.evonorm.EvoNormSpace;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What is printed is what is computed. */
class FormulaMeaningTest {

    /** Beyond this, or with divisors below its inverse, rounding says more than the formula. */
    private static final double LARGE = 1e4;

    @Property(tries = 3000, maxDiscardRatio = 20)
    void computedByHandItIsTheProgramsValue(@ForAll long seed, @ForAll @IntRange(min = 3, max = 25) int nodes) {
        EvoNormSpace space = new EvoNormSpace(new EvoNormParameters(Series.S, nodes, false, 0, 1e-5));
        SplittableRandom random = new SplittableRandom(seed);
        LayerProgram program = space.decode(space.sample(random));
        Assume.that(program.liveNodes() > 1);
        double[] given = {random.nextDouble(-2, 2), 0, random.nextDouble(-2, 2), random.nextDouble(-2, 2)};
        double expected = value(program, given);
        Assume.that(!Double.isNaN(expected));
        String text = Formula.of(program).text();
        double value = Calculator.value(
                text,
                Map.of("x", given[0], "v0", given[2], "v1", given[3], "gamma", 1.5, "beta", -.5, "epsilon", 1e-5));
        assertThat(value).as(text).isCloseTo(1.5 * expected - .5, within(1e-6 * (1 + Math.abs(expected))));
    }

    /** NaN where numbers become too large or divisors too small. */
    private static double value(LayerProgram program, double[] initial) {
        double[] values = new double[program.values()];
        System.arraycopy(initial, 0, values, 0, initial.length);
        boolean[] live = program.live();
        for (int value = program.firstNode(); value < values.length; value++) {
            if (live[value]) {
                Node node = program.node(value);
                double a = values[node.inputs().getFirst()];
                double b = values[node.inputs().getLast()];
                values[value] = value(node, a, b, node.inputs().getLast() == LayerProgram.ZERO);
                if (!(Math.abs(values[value]) < LARGE)) {
                    return Double.NaN;
                }
            }
        }
        return values[program.output()];
    }

    private static double value(Node node, double a, double b, boolean zero) {
        return switch (node.operation()) {
            case ADD -> a + b;
            case MUL -> a * b;
            case DIV -> zero ? a / 1e-5 : Math.abs(b) > 1 / LARGE ? a / b : Double.NaN;
            case MAX -> Math.max(a, b);
            case NEG -> -a;
            case SIGMOID -> 1 / (1 + Math.exp(-a));
            case TANH -> Math.tanh(a);
            case EXP -> Math.exp(a);
            case LOG -> Math.signum(a) * Math.log(Math.abs(a) + 1e-5);
            case ABS -> Math.abs(a);
            case SQUARE -> a * a;
            case SQRT -> Math.signum(a) * Math.sqrt(Math.abs(a) + 1e-5);
            default -> throw new IllegalArgumentException("no moments here");
        };
    }
}
