package io.phyla.evaluators.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.phyla.search.lineage.UnitMutation;
import io.phyla.search.metric.Screen.Verdict;
import io.phyla.spaces.Genome;
import io.phyla.spaces.Key;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.LayerProgram.Series;
import io.phyla.spaces.evonorm.EvoNormParameters;
import io.phyla.spaces.evonorm.EvoNormSpace;
import io.phyla.spaces.evonorm.ReadyLayers;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FunctionalHashTest {

    private static final int SURVIVORS = 800;
    private static final int MUTANTS = 10;

    private final ProgramScreen screen = new ProgramScreen(true);

    @ParameterizedTest
    @CsvSource({
        "sigmoid 0; mul 0 4, sigmoid 0; mul 4 0, however products are written",
        "sigmoid 0; mul 0 4, sigmoid 0; mul 0 4; neg 5, sign",
        "sigmoid 0; mul 0 4, sigmoid 0; mul 0 4; add 5 5, scale",
        "sigmoid 0; mul 0 4, exp 1; add 4 4; add 5 4; sigmoid 0; mul 0 7; mul 6 8, a scale of three",
        "sigmoid 0; mul 0 4, exp 1; exp 4; neg 5; sigmoid 0; mul 0 7; mul 6 8, a scale that is no fraction",
        "sigmoid 0; mul 0 4, neg 0; sigmoid 4; mul 4 5; neg 0; exp 7; add 7 7; sigmoid 0; mul 0 10, dead nodes",
        "tanh 0; add 4 4, sigmoid 0; add 4 4; mul 0 1; exp 6; neg 7; add 5 8; add 0 0; sigmoid 10; neg 1; tanh 0, tanh",
        "abs 0, max 0 1; neg 0; max 5 1; add 4 6, parts of an absolute value",
        "add 0 2; tanh 4, add 2 0; tanh 4, sums"
    })
    void isTheSameForTheSame(String one, String other, String why) {
        assertThat(key(ProgramScreenTest.program(other))).as(why).isEqualTo(key(ProgramScreenTest.program(one)));
    }

    @ParameterizedTest
    @CsvSource({
        "mul 0 3; max 4 1, max 0 1, a vector that begins as 1",
        "mul 0 2; tanh 4, mul 0 3; tanh 4, vectors that begin differently",
        "add 0 2; tanh 4, tanh 0, a vector that begins as 0",
        "std_wh 0; div 0 4, std_whc 0; div 0 4, moments over other sets",
        "std_wh 0; div 0 4, std_whcg 0; div 0 4, a channel and a group",
        "std_whcg 0; div 0 4, std_whc 0; div 0 4, a group and a sample",
        "std_wh 0; div 0 4, std_bwh 0; div 0 4, a sample and a batch",
        "std_wh 0; div 0 4, rms_wh 0; div 0 4, moments",
        "max 0 1, tanh 0, functions",
        "max 0 1, neg 0; max 4 1, sides"
    })
    void isAnotherForAnother(String one, String other, String why) {
        assertThat(key(ProgramScreenTest.program(other))).as(why).isNotEqualTo(key(ProgramScreenTest.program(one)));
    }

    @Test
    void tellsPublishedLayersApart() {
        Map<Key, String> seen = new HashMap<>();
        ReadyLayers.all()
                .forEach((name, program) ->
                        assertThat(seen.put(key(program), name)).as(name).isNull());
    }

    /** Genomes with the same canonical form have the same key; genomes with the same key mostly need not. */
    @Test
    void mergesMoreThanExactIdentitiesDo() {
        EvoNormSpace space = new EvoNormSpace(EvoNormParameters.of(Series.B));
        Map<Genome, Key> canonical = new HashMap<>();
        survivors(space, 500).forEach(genome -> {
            Key key = key(space.decode(genome));
            assertThat(canonical.merge(space.canonical(genome), key, (before, _) -> before))
                    .isEqualTo(key);
        });
        assertThat(canonical.values().stream().distinct().count()).isLessThan((long) (.95 * canonical.size()));
    }

    /** Most nodes of a graph that passes lead nowhere, so most mutations of it change nothing. */
    @ParameterizedTest
    @CsvSource({"B, .789", "S, .763"})
    void mostMutationsAreNeutral(Series series, double neutral) {
        EvoNormSpace space = new EvoNormSpace(EvoNormParameters.of(series));
        UnitMutation mutation = new UnitMutation(space);
        SplittableRandom random = new SplittableRandom(9);
        int same = 0;
        int degenerate = 0;
        for (Genome genome : survivors(space, SURVIVORS).toList()) {
            Verdict before = screen.judge(space.decode(genome));
            for (int i = 0; i < MUTANTS; i++) {
                Verdict after = screen.judge(space.decode(mutation.mutate(genome, random)));
                same += after.equals(before) ? 1 : 0;
                degenerate += after instanceof Verdict.Rejected ? 1 : 0;
            }
        }
        double count = SURVIVORS * (double) MUTANTS;
        assertThat(same / count).isCloseTo(neutral, within(.02));
        assertThat(degenerate / count).isCloseTo(.14, within(.02));
    }

    private Stream<Genome> survivors(EvoNormSpace space, int count) {
        SplittableRandom random = new SplittableRandom(8);
        return Stream.generate(() -> space.sample(random))
                .filter(genome -> screen.judge(space.decode(genome)) instanceof Verdict.Passed)
                .limit(count);
    }

    private Key key(LayerProgram program) {
        Verdict verdict = screen.judge(program);
        assertThat(verdict).isInstanceOf(Verdict.Passed.class);
        return ((Verdict.Passed) verdict).equivalence();
    }
}
