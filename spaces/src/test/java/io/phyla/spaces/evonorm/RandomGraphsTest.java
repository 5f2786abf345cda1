package io.phyla.spaces.evonorm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.LayerProgram.Series;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How random graphs are distributed, against shares measured elsewhere on as many. */
class RandomGraphsTest {

    private static final int GRAPHS = 20_000;

    @ParameterizedTest
    @CsvSource({"B, .684", "S, .679"})
    void areAsSparseAsMeasuredElsewhere(Series series, double independent) {
        EvoNormSpace space = new EvoNormSpace(EvoNormParameters.of(series));
        SplittableRandom random = new SplittableRandom(11);
        int withoutX = 0;
        int[] live = new int[GRAPHS];
        for (int graph = 0; graph < GRAPHS; graph++) {
            LayerProgram program = space.decode(space.sample(random));
            withoutX += program.live()[LayerProgram.X] ? 0 : 1;
            live[graph] = program.liveNodes();
        }
        Arrays.sort(live);
        double few = (double) Arrays.stream(live).filter(each -> each <= 2).count() / GRAPHS;
        assertThat((double) withoutX / GRAPHS).isCloseTo(independent, within(error(independent)));
        assertThat(few).isCloseTo(.62, within(.005 + error(.62)));
        assertThat(live[GRAPHS / 2]).isEqualTo(2);
        assertThat(Arrays.stream(live).average().orElseThrow()).isCloseTo(2.3, within(.05 + .05));
    }

    /** Three standard errors of the difference of two shares of so many graphs. */
    private static double error(double share) {
        return 3 * Math.sqrt(2 * share * (1 - share) / GRAPHS);
    }
}
