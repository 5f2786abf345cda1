package io.phyla.search.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.search.fixture.ChiSquare;
import io.phyla.search.fixture.ListedSpace;
import io.phyla.search.strategy.Strategy.Result;
import io.phyla.spaces.Genome;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegularizedEvolutionTest {

    private static final int POPULATION = 10;
    private static final int ASKS = 30_000;

    private final ListedSpace space = ListedSpace.plain(6, 4);
    private final SplittableRandom random = new SplittableRandom(1);

    private Strategy strategy(int tournament) {
        return new RegularizedEvolution()
                .create(new RegularizedEvolution.Parameters(POPULATION, tournament), space, 1, 1);
    }

    private void tell(Strategy strategy, long number, double... gains) {
        strategy.tell(new Result(number, space.sample(random), gains));
    }

    /**
     * The member of rank r (0 is best) wins a tournament of s, drawn with replacement from n, with probability
     * ((n - r) / n)^s - ((n - r - 1) / n)^s.
     */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10})
    void selectsAsATournamentDoes(int tournament) {
        Strategy strategy = strategy(tournament);
        double[] shares = new double[POPULATION];
        for (int number = 0; number < POPULATION; number++) {
            // The rank of a number, mixed up.
            int rank = (7 * number + 3) % POPULATION;
            tell(strategy, number, -rank);
            shares[number] = Math.pow(1 - (double) rank / POPULATION, tournament)
                    - Math.pow(1 - (rank + 1.0) / POPULATION, tournament);
        }
        long[] parents = parents(strategy, POPULATION, ASKS);
        // The worst never win a large tournament often enough to be counted: they are taken together.
        double[] pooledShares = new double[POPULATION + 1];
        long[] pooled = new long[POPULATION + 1];
        for (int number = 0; number < POPULATION; number++) {
            int cell = shares[number] * ASKS > 10 ? number : POPULATION;
            pooledShares[cell] += shares[number];
            pooled[cell] += parents[number];
        }
        if (pooledShares[POPULATION] * ASKS <= 10) {
            assertThat(pooled[POPULATION]).isLessThan(40);
            pooled[POPULATION] = 0;
            pooledShares[POPULATION] = 0;
        }
        ChiSquare.assertShares(pooled, pooledShares);
    }

    private static long[] parents(Strategy strategy, int numbers, int asks) {
        SplittableRandom random = new SplittableRandom(7);
        long[] counts = new long[numbers];
        for (int ask = 0; ask < asks; ask++) {
            counts[strategy.ask(numbers, random).origin().parents().getFirst().intValue()]++;
        }
        return counts;
    }

    /** However good it is, and whatever fails meanwhile. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void theOldestDies(int tournament) {
        Strategy strategy = strategy(tournament);
        int number = 0;
        for (; number < POPULATION; number++) {
            tell(strategy, number, 100 - number);
        }
        for (int young = 1; young <= POPULATION + 3; young++) {
            tell(strategy, number++);
            tell(strategy, number++, 1);
            long[] parents = parents(strategy, number, ASKS / 20);
            int alive = 0;
            int measured = 0;
            for (int each = number - 1; each >= 0; each--) {
                boolean failed = each >= POPULATION && (each - POPULATION) % 2 == 0;
                assertThat(parents[each] == 0 || !failed && measured < POPULATION)
                        .isTrue();
                measured += failed ? 0 : 1;
                alive += parents[each] > 0 ? 1 : 0;
            }
            assertThat(alive).isGreaterThan(POPULATION / 2);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, POPULATION - 1})
    void drawsAtRandomUntilThePopulationIsFull(int measured) {
        Strategy strategy = strategy(2);
        for (int number = 0; number < measured; number++) {
            tell(strategy, number, 1);
        }
        long[] firstOptions = new long[4];
        for (int ask = 0; ask < 4000; ask++) {
            Strategy.Proposal proposal = strategy.ask(measured, random);
            assertThat(proposal.origin().parents()).isEmpty();
            Genome genome = proposal.genome();
            firstOptions[genome.option(0)]++;
        }
        ChiSquare.assertUniform(firstOptions);
    }
}
