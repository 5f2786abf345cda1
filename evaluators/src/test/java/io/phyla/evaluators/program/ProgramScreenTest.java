package io.phyla.evaluators.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.phyla.search.metric.Screen.Verdict;
import io.phyla.spaces.Genome;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.LayerProgram.Node;
import io.phyla.spaces.design.LayerProgram.Series;
import io.phyla.spaces.design.LayerProgram.Vector;
import io.phyla.spaces.design.Operation;
import io.phyla.spaces.design.Shape;
import io.phyla.spaces.evonorm.EvoNormParameters;
import io.phyla.spaces.evonorm.EvoNormSpace;
import io.phyla.spaces.evonorm.ReadyLayers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ProgramScreenTest {

    /** What the shares were measured on, and what they are checked on. */
    private static final int MEASURED = 6_000;

    private static final int GRAPHS = 20_000;

    private final ProgramScreen screen = new ProgramScreen(false);
    private final ProgramScreen lenient = new ProgramScreen(true);

    /** Values 0 to 3 are x, 0, v0 and v1; the last node is the output. */
    @ParameterizedTest
    @CsvSource({
        "structure, sigmoid 3",
        "structure, mul 1 1; exp 2",
        "non_finite, exp 0; exp 4; exp 5; exp 6",
        "constant, mul 0 1",
        "constant, mean_whc 0; std_wh 4",
        "constant, neg 0; add 0 4",
        "constant, std_wh 0; std_wh 4; div 5 5",
        "gradient, abs 0; div 0 4",
        "gradient, div 0 0; mul 4 3",
        "spatially_constant, mean_wh 0",
        "spatially_constant, std_whcg 0; mul 4 3",
        "spatially_constant, std_bwh 0",
        "affine, add 0 0",
        "affine, mul 0 2; add 4 3",
        "affine, neg 0",
        "non_finite, exp 1; exp 4; exp 5; exp 6; square 7; square 8; square 9; square 10; tanh 0; mul 11 12",
        "'', exp 1; exp 4; exp 5; square 6; square 7; tanh 0; div 9 7; add 0 10; add 11 8",
        "'', sigmoid 0; mul 0 4",
        "'', mul 0 2; tanh 4",
        "'', mean_wh 0; neg 4; add 0 5",
        "'', max 0 1"
    })
    void everyStageTakesItsOwn(String stage, String nodes) {
        LayerProgram program = program(nodes);
        Verdict verdict = screen.judge(program);
        if (stage.isEmpty()) {
            assertThat(verdict).isInstanceOf(Verdict.Passed.class);
        } else {
            assertThat(verdict).isEqualTo(new Verdict.Rejected(stage));
        }
        assertThat(lenient.judge(program) instanceof Verdict.Passed)
                .isEqualTo(stage.isEmpty() || stage.equals("affine"));
    }

    static LayerProgram program(String nodes) {
        List<Node> read = new ArrayList<>();
        for (String node : nodes.split("; ")) {
            List<String> words = List.of(node.split(" "));
            read.add(new Node(
                    Operation.of(words.getFirst()),
                    words.stream().skip(1).map(Integer::valueOf).toList()));
        }
        return new LayerProgram(
                List.of(new Vector("v0", 0), new Vector("v1", 1)),
                read,
                LayerProgram.FIRST_VECTOR + 1 + read.size(),
                true,
                0,
                LayerProgram.EPSILON);
    }

    @Test
    void publishedLayersPass() {
        ReadyLayers.all()
                .forEach((name, program) ->
                        assertThat(screen.judge(program)).as(name).isInstanceOf(Verdict.Passed.class));
    }

    @Test
    void aNetworkIsNoProgram() {
        assertThatThrownBy(
                        () -> screen.judge(Genome.of(), LayerProgram.scaling().network()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(screen.judge(Genome.of(), LayerProgram.scaling())).isEqualTo(new Verdict.Rejected("affine"));
    }

    /**
     * Random graphs fall as they did elsewhere, on other random numbers; there nothing was sorted out for being affine.
     *
     * @param still independent of x or constant
     */
    @ParameterizedTest
    @CsvSource({"B, .722, .003, .174, .102", "S, .709, .004, .167, .120"})
    void takesTheSharesMeasuredElsewhere(
            Series series, double still, double broken, double spatiallyConstant, double passed) {
        EvoNormSpace space = new EvoNormSpace(EvoNormParameters.of(series));
        SplittableRandom random = new SplittableRandom(5);
        Map<String, Integer> counts = new HashMap<>();
        for (int graph = 0; graph < GRAPHS; graph++) {
            Verdict verdict = lenient.judge(space.decode(space.sample(random)));
            counts.merge(verdict instanceof Verdict.Rejected rejected ? rejected.stage() : "", 1, Integer::sum);
        }
        assertThat(share(counts, "structure", "constant")).isCloseTo(still, within(error(still)));
        assertThat(share(counts, "non_finite", "gradient")).isCloseTo(broken, within(error(broken)));
        assertThat(share(counts, "spatially_constant")).isCloseTo(spatiallyConstant, within(error(spatiallyConstant)));
        assertThat(share(counts, "")).isCloseTo(passed, within(error(passed)));
    }

    private static double share(Map<String, Integer> counts, String... stages) {
        return (double) Arrays.stream(stages).mapToInt(counts::get).sum() / GRAPHS;
    }

    /** Three standard errors of the difference of two shares. */
    private static double error(double share) {
        return 3 * Math.sqrt(share * (1 - share) * (1.0 / MEASURED + 1.0 / GRAPHS));
    }

    /** Without moments of the batch a sample's output is the same whatever else is in the batch. */
    @Test
    void layersOfSeriesSKeepSamplesApart() {
        EvoNormSpace space = new EvoNormSpace(EvoNormParameters.of(Series.S));
        SplittableRandom random = new SplittableRandom(6);
        Shape shape = Probe.SHAPE;
        int one = (int) shape.elements();
        double[] alone = Arrays.copyOf(Probe.X, one);
        Stream.generate(() -> space.decode(space.sample(random)))
                .filter(program -> screen.judge(program) instanceof Verdict.Passed)
                .limit(100)
                .forEach(program -> {
                    double[] v = {.3, -.7, 1.6, .9};
                    double[][] vectors = {v, v.clone()};
                    double[] none = new double[4];
                    double[] scale = {1, 1, 1, 1};
                    double[] whole =
                            new ReferenceProgram(program, Probe.BATCH, shape).forward(Probe.X, vectors, scale, none);
                    assertThat(new ReferenceProgram(program, 1, shape).forward(alone, vectors, scale, none))
                            .as("%s", program)
                            .isEqualTo(Arrays.copyOf(whole, one));
                });
    }

    @ParameterizedTest
    @EnumSource
    void judgesEqualGenomesAlike(Series series) {
        EvoNormSpace space = new EvoNormSpace(EvoNormParameters.of(series));
        SplittableRandom random = new SplittableRandom(7);
        for (int graph = 0; graph < 3_000; graph++) {
            Genome genome = space.sample(random);
            Verdict verdict = screen.judge(space.decode(genome));
            assertThat(screen.judge(space.decode(space.canonical(genome))))
                    .as("%s", genome)
                    .isEqualTo(verdict);
        }
    }
}
