package io.phyla.search.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.search.fixture.ListedSpace;
import io.phyla.spaces.Genome;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepairTest {

    private static final ListedSpace SPACE = ListedSpace.plain(10, 5);
    private static final int TRIES = 200;

    private final SplittableRandom random = new SplittableRandom(9);

    /** The sum of options between two bounds: 50 sums are possible, here few or one of them is allowed. */
    private static ToDoubleFunction<Genome> between(int least, int most) {
        return genome -> {
            int sum = 0;
            for (int i = 0; i < genome.size(); i++) {
                sum += genome.option(i);
            }
            return Math.max(0, Math.max(least - sum, sum - most));
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 17, 20, 39, 40})
    void reachesASumWhereverItStarts(int sum) {
        ToDoubleFunction<Genome> violation = between(sum, sum);
        Repair repair = new Repair(SPACE, violation);
        int repaired = 0;
        for (int i = 0; i < TRIES; i++) {
            Optional<Genome> found = repair.repair(SPACE.sample(random), random);
            found.ifPresent(genome -> {
                SPACE.tree().check(genome);
                assertThat(violation.applyAsDouble(genome)).isZero();
            });
            repaired += found.isPresent() ? 1 : 0;
        }
        // At both ends every decision has to be drawn once in 40 steps; elsewhere a few suffice.
        assertThat(repaired).isGreaterThan(sum % 40 == 0 ? TRIES / 2 : TRIES * 9 / 10);
    }

    @Test
    void leavesTheFeasibleAsItIs() {
        Repair repair = new Repair(SPACE, between(0, 40));
        Genome genome = SPACE.sample(random);
        assertThat(repair.repair(genome, random)).contains(genome);
    }

    @Test
    void givesUpOnTheImpossible() {
        Repair never = new Repair(SPACE, between(41, 50));
        Repair unknown = new Repair(SPACE, _ -> Double.POSITIVE_INFINITY);
        for (int i = 0; i < TRIES; i++) {
            assertThat(never.repair(SPACE.sample(random), random)).isEmpty();
            assertThat(unknown.repair(SPACE.sample(random), random)).isEmpty();
        }
    }

    /** However many decisions and options: so much work and no more. */
    @Test
    void worksWithinABoundInAHugeSpace() {
        ListedSpace space = ListedSpace.plain(1000, 256);
        AtomicInteger looked = new AtomicInteger();
        Repair repair = new Repair(space, genome -> {
            looked.incrementAndGet();
            return 1.0 + genome.option(0);
        });
        assertThat(repair.repair(space.sample(random), random)).isEmpty();
        assertThat(looked.get()).isLessThan(2500);
    }

    /** With one option each there is nothing else to try: blocks of depth 0 keep what they carry. */
    @Test
    void changesOnlyWhatExists() {
        ListedSpace space = ListedSpace.conditional();
        Repair repair = new Repair(space, genome -> 3 - genome.option(6) + 10 * genome.option(0));
        Genome start = Genome.of(0, 1, 1, 2, 1, 0, 0);
        for (int i = 0; i < TRIES; i++) {
            assertThat(repair.repair(start, random))
                    .hasValueSatisfying(found -> assertThat(found).isEqualTo(start.with(6, 3)));
        }
    }
}
