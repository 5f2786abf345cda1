package io.phyla.search.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.search.fixture.ChiSquare;
import io.phyla.search.fixture.ListedSpace;
import io.phyla.search.fixture.StrategyContract;
import io.phyla.search.lineage.Differences;
import io.phyla.search.strategy.ParetoTournament.Parameters;
import io.phyla.search.strategy.ParetoTournament.Winner;
import io.phyla.search.strategy.Strategy.Proposal;
import io.phyla.search.strategy.Strategy.Result;
import io.phyla.spaces.Genome;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ParetoTournamentTest implements StrategyContract<Parameters> {

    private static final int ASKS = 20_000;

    /** Gains in two objectives; the third and fourth are equal, the last is on nobody's front. */
    private static final double[][] GAINS = {{5, 1}, {1, 6}, {3, 4}, {3, 4}, {4, 2}, {2, 5}, {0, 0}};

    private final ListedSpace space = ListedSpace.plain(6, 4);

    @Override
    public ParetoTournament provider() {
        return new ParetoTournament();
    }

    private Strategy strategy(Parameters parameters, double[]... told) {
        Strategy strategy = provider().create(parameters, space, 2, 1);
        SplittableRandom random = new SplittableRandom(1);
        for (int number = 0; number < told.length; number++) {
            strategy.tell(new Result(number, space.sample(random), told[number]));
        }
        return strategy;
    }

    private static Parameters always(Winner winner, int population, double tournament) {
        return new Parameters(population, tournament, winner, 2, 0, 0, 0, 1);
    }

    private static long[] parents(Strategy strategy, int numbers) {
        SplittableRandom random = new SplittableRandom(7);
        long[] counts = new long[numbers];
        for (int ask = 0; ask < ASKS; ask++) {
            counts[strategy.ask(numbers, random).origin().parents().getFirst().intValue()]++;
        }
        return counts;
    }

    /** All tournaments of three are equally likely, and so is everyone who may win one. */
    @ParameterizedTest
    @EnumSource(Winner.class)
    void everyMemberWinsAsOftenAsAllTournamentsTogetherSay(Winner winner) {
        int living = GAINS.length;
        int size = 3;
        double[] shares = new double[living];
        List<int[]> tournaments = new ArrayList<>();
        for (int bits = 0; bits < 1 << living; bits++) {
            if (Integer.bitCount(bits) == size) {
                int chosen = bits;
                tournaments.add(IntStream.range(0, living)
                        .filter(i -> (chosen >> i & 1) == 1)
                        .toArray());
            }
        }
        for (int[] members : tournaments) {
            List<Integer> best = best(winner, members);
            best.forEach(each -> shares[each] += 1.0 / best.size() / tournaments.size());
        }
        ChiSquare.assertShares(parents(strategy(always(winner, 100, size / (double) living), GAINS), living), shares);
    }

    /** By definition, without a thought of speed. */
    private static List<Integer> best(Winner winner, int[] members) {
        double[] scores = IntStream.of(members)
                .mapToDouble(each -> switch (winner) {
                    case PARETO ->
                        IntStream.of(members).anyMatch(other -> dominates(GAINS[other], GAINS[each])) ? 0 : 1;
                    case MEAN -> (GAINS[each][0] + GAINS[each][1]) / 2;
                    case WIN_RATE ->
                        IntStream.of(members)
                                .mapToDouble(other -> (GAINS[each][0] > GAINS[other][0] ? 1 : 0)
                                        + (GAINS[each][1] > GAINS[other][1] ? 1 : 0))
                                .sum();
                })
                .toArray();
        double most = IntStream.range(0, scores.length)
                .mapToDouble(i -> scores[i])
                .max()
                .orElseThrow();
        return IntStream.range(0, scores.length)
                .filter(i -> scores[i] == most)
                .mapToObj(i -> members[i])
                .toList();
    }

    private static boolean dominates(double[] a, double[] b) {
        return a[0] >= b[0] && a[1] >= b[1] && (a[0] > b[0] || a[1] > b[1]);
    }

    /** However good it is. */
    @Test
    void theOldestDies() {
        double[][] told = new double[30][];
        for (int number = 0; number < told.length; number++) {
            told[number] = number % 3 == 2 ? new double[0] : new double[] {-number, -number};
        }
        long[] wins = parents(strategy(always(Winner.PARETO, 8, 1), told), told.length);
        assertThat(wins[18])
                .as("the oldest of the newest eight that were measured")
                .isEqualTo(ASKS);
    }

    @ParameterizedTest
    @CsvSource({
        "0.5, 0.2, 1000, 0, 0.5",
        "0.5, 0.2, 1000, 500, 0.35",
        "0.5, 0.2, 1000, 1000, 0.2",
        "0.5, 0.2, 1000, 1000000, 0.2",
        "0.3, 0.3, 1000, 700, 0.3",
        "0.9, 0.4, 0, 0, 0.4",
        "0.1, 0.7, 10, 5, 0.4"
    })
    void theRandomShareFallsInAStraightLine(double first, double last, long schedule, long number, double share) {
        Strategy strategy = strategy(new Parameters(10, 0.5, Winner.PARETO, 2, first, last, schedule, 1), GAINS);
        SplittableRandom random = new SplittableRandom(3);
        long[] counts = new long[2];
        for (int ask = 0; ask < ASKS; ask++) {
            Proposal proposal = strategy.ask(number, random);
            boolean drawn = proposal.origin().operator().equals("random");
            assertThat(drawn).isEqualTo(proposal.origin().parents().isEmpty());
            counts[drawn ? 0 : 1]++;
        }
        ChiSquare.assertShares(counts, new double[] {share, 1 - share});
    }

    @Test
    void drawsAtRandomUntilEnoughAreMeasured() {
        Parameters parameters = new Parameters(10, 0.5, Winner.PARETO, 2, 0, 0, 0, 5);
        SplittableRandom random = new SplittableRandom(3);
        for (int told = 0; told <= GAINS.length; told++) {
            double[][] gains = new double[told][];
            System.arraycopy(GAINS, 0, gains, 0, told);
            assertThat(strategy(parameters, gains).ask(9, random).origin().operator())
                    .isEqualTo(told < 5 ? "random" : "mutation");
        }
    }

    /** Two mutations touch one unit or two, and what is written down is the difference that is left. */
    @Test
    void mutatesTheWinnerTwiceAndWritesTheDifferenceDown() {
        Strategy strategy = strategy(always(Winner.MEAN, 10, 1), GAINS[0]);
        Genome parent = space.sample(new SplittableRandom(1));
        SplittableRandom random = new SplittableRandom(5);
        long[] changed = new long[3];
        for (int ask = 0; ask < ASKS; ask++) {
            Proposal proposal = strategy.ask(1, random);
            assertThat(proposal.origin().operator()).isEqualTo("mutation");
            assertThat(proposal.origin().changes()).isEqualTo(Differences.between(parent, proposal.genome()));
            changed[proposal.origin().changes().size()]++;
        }
        // The same unit twice, 1 in 6: back in a third of that, and then once more.
        ChiSquare.assertShares(changed, new double[] {0, 1.0 / 6, 5.0 / 6});
    }
}
