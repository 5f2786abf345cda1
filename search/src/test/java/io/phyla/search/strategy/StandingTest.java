package io.phyla.search.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class StandingTest {

    /** Distances by Deb et al., section III-B: each objective's gap between the neighbours, relative to its range. */
    @Test
    void comparesByFrontThenByRoomWithinIt() {
        List<Standing> standings = Standing.of(List.of(
                new double[] {0, 10},
                new double[] {1, 8},
                new double[] {4, 6},
                new double[] {10, 0},
                new double[] {0, 5},
                new double[] {3, 1}));
        assertThat(standings).extracting(Standing::front).containsExactly(0, 0, 0, 0, 1, 1);
        assertThat(standings.get(0).crowding()).isInfinite();
        assertThat(standings.get(3).crowding()).isInfinite();
        assertThat(standings.get(1).crowding()).isCloseTo(4 / 10.0 + 4 / 10.0, within(1e-12));
        assertThat(standings.get(2).crowding()).isCloseTo(9 / 10.0 + 8 / 10.0, within(1e-12));
        assertThat(standings.get(2)).isGreaterThan(standings.get(1)).isLessThan(standings.get(3));
        assertThat(standings.get(4)).isLessThan(standings.get(1));
        assertThat(Standing.of(List.of())).isEmpty();
    }
}
