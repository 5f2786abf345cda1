package io.phyla.search.lineage;

import io.phyla.search.fixture.ChiSquare;
import io.phyla.search.fixture.ListedSpace;
import io.phyla.spaces.Genome;
import java.util.SplittableRandom;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class UnitCrossoverTest {

    /** All patterns equally often means that units come from either parent with one half, independently. */
    @Test
    void takesEveryUnitWholeFromEitherParent() {
        UnitCrossover crossover = new UnitCrossover(ListedSpace.conditional());
        Genome first = Genome.of(0, 0, 0, 0, 0, 0, 0);
        Genome second = Genome.of(2, 1, 1, 1, 1, 0, 3);
        SplittableRandom random = new SplittableRandom(4);
        long[] patterns = new long[1 << 4];
        for (int draw = 0; draw < 40_000; draw++) {
            Genome child = crossover.cross(first, second, random);
            Assertions.assertThat(child.option(1)).isEqualTo(child.option(2));
            Assertions.assertThat(child.option(3)).isEqualTo(child.option(4));
            patterns[child.option(0) / 2 + 2 * child.option(1) + 4 * child.option(3) + 8 * (child.option(6) / 3)]++;
        }
        ChiSquare.assertUniform(patterns);
    }
}
