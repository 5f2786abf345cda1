package io.phyla.search.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.search.fixture.ChiSquare;
import io.phyla.search.fixture.ListedSpace;
import io.phyla.spaces.Genome;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class UnitMutationTest {

    private static final int DRAWS = 60_000;

    /** depth, block1 (kernel, width), block2 (kernel, width), stem, head. */
    private static final ListedSpace SPACE = ListedSpace.conditional();

    private final UnitMutation mutation = new UnitMutation(SPACE);
    private final SplittableRandom random = new SplittableRandom(5);

    @Test
    void choosesEvenlyAmongUnitsThatExistAndHaveAnAlternative() {
        // Depth 2: depth, both blocks and head; the stem has one option only.
        ChiSquare.assertShares(unitsChanged(Genome.of(2, 0, 0, 0, 0, 0, 0)), new double[] {.25, .25, .25, 0, .25});
        // Depth 1: the second block does not exist.
        ChiSquare.assertShares(
                unitsChanged(Genome.of(1, 2, 1, 2, 1, 0, 3)), new double[] {1 / 3.0, 1 / 3.0, 0, 0, 1 / 3.0});
        ChiSquare.assertShares(unitsChanged(Genome.of(0, 1, 1, 1, 1, 0, 3)), new double[] {.5, 0, 0, 0, .5});
    }

    private long[] unitsChanged(Genome parent) {
        long[] counts = new long[5];
        for (int draw = 0; draw < DRAWS; draw++) {
            Genome child = mutation.mutate(parent, random);
            boolean[] changed = {
                child.option(0) != parent.option(0),
                child.option(1) != parent.option(1) || child.option(2) != parent.option(2),
                child.option(3) != parent.option(3) || child.option(4) != parent.option(4),
                child.option(5) != parent.option(5),
                child.option(6) != parent.option(6),
            };
            int units = 0;
            for (int unit = 0; unit < changed.length; unit++) {
                counts[unit] += changed[unit] ? 1 : 0;
                units += changed[unit] ? 1 : 0;
            }
            assertThat(units).isEqualTo(1);
        }
        return counts;
    }

    @Test
    void drawsEvenlyAmongTheOptionsThatDifferAndNeverTheOldOnes() {
        Genome parent = Genome.of(2, 1, 0, 0, 0, 0, 2);
        long[] block = new long[6];
        long[] head = new long[4];
        for (int draw = 0; draw < DRAWS; draw++) {
            Genome child = mutation.mutate(parent, random);
            int kernelAndWidth = 2 * child.option(1) + child.option(2);
            if (kernelAndWidth != 2) {
                block[kernelAndWidth]++;
            }
            if (child.option(6) != 2) {
                head[child.option(6)]++;
            }
        }
        ChiSquare.assertShares(block, new double[] {.2, .2, 0, .2, .2, .2});
        ChiSquare.assertShares(head, new double[] {1 / 3.0, 1 / 3.0, 0, 1 / 3.0});
    }

    @Test
    void leavesAGenomeWithoutAlternativeAsItIs() {
        Genome only = Genome.of(0);
        assertThat(new UnitMutation(ListedSpace.plain(1, 1)).mutate(only, random))
                .isEqualTo(only);
    }
}
