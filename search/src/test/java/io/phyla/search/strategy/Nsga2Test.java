package io.phyla.search.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.search.document.Parameters;
import io.phyla.search.fixture.ListedSpace;
import io.phyla.search.fixture.ToldRun;
import io.phyla.search.front.ParetoArchive;
import io.phyla.search.strategy.Strategy.Result;
import io.phyla.spaces.Genome;
import io.phyla.spaces.schema.Json;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class Nsga2Test {

    private static final int PROPOSALS = 2000;

    /** Six decisions among five options. */
    private static final ListedSpace SPACE = ListedSpace.plain(6, 5);

    /** Worth that every decision adds to, with neighbours that help or hinder each other, against price. */
    private static double[] gains(Genome genome) {
        double worth = 0;
        double price = 0;
        for (int i = 0; i < genome.size(); i++) {
            int option = genome.option(i);
            worth += Math.sqrt(option * (i + 1.0))
                    + ((option + genome.option((i + 1) % genome.size())) % 3 == 0 ? 1 : 0);
            price += option * option * (7 - i);
        }
        return new double[] {worth, -price};
    }

    private static ParetoArchive trueFront() {
        ParetoArchive front = new ParetoArchive();
        for (int number = 0; number < 15_625; number++) {
            int rest = number;
            int[] options = new int[6];
            for (int i = 0; i < options.length; i++, rest /= 5) {
                options[i] = rest % 5;
            }
            front.add(number, gains(Genome.of(options)));
        }
        return front;
    }

    private static ParetoArchive found(StrategyProvider<?> provider, long seed) {
        ParetoArchive front = new ParetoArchive();
        Strategy strategy = create(provider);
        for (Result result : new ToldRun(SPACE, strategy, seed, Nsga2Test::gains)
                .until(PROPOSALS)
                .results()) {
            front.add(result.number(), result.gains());
        }
        return front;
    }

    private static <P extends Record> Strategy create(StrategyProvider<P> provider) {
        return provider.create(Parameters.read(Json.MAPPER.createObjectNode(), provider.parameters()), SPACE, 2, 50);
    }

    /** The area between the front and the worst corner. */
    private static double hypervolume(ParetoArchive front) {
        double worstPrice = gains(Genome.of(4, 4, 4, 4, 4, 4))[1];
        TreeMap<Double, Double> worthByPrice = new TreeMap<>(Comparator.reverseOrder());
        front.numbers().stream().map(front::gains).forEach(each -> worthByPrice.put(each[1], each[0]));
        double volume = 0;
        List<Double> prices = List.copyOf(worthByPrice.keySet());
        for (int i = 0; i < prices.size(); i++) {
            double next = i + 1 < prices.size() ? prices.get(i + 1) : worstPrice;
            volume += (prices.get(i) - next) * worthByPrice.get(prices.get(i));
        }
        return volume;
    }

    @Test
    void comesCloseToTheTrueFrontAndCloserThanChance() {
        double best = hypervolume(trueFront());
        for (long seed = 1; seed <= 5; seed++) {
            double reached = hypervolume(found(new Nsga2(), seed)) / best;
            double byChance = hypervolume(found(new RandomSearch(), seed)) / best;
            assertThat(reached).as("seed %d", seed).isBetween(0.96, 1.0);
            assertThat(1 - reached).as("seed %d", seed).isLessThan((1 - byChance) / 2);
        }
    }

    @Test
    void crossesAndMutatesAsOftenAsItSays() {
        Strategy strategy = new Nsga2().create(new Nsga2.Parameters(20, 0.5, 0.25), SPACE, 2, 20);
        ToldRun run = new ToldRun(SPACE, strategy, 3, Nsga2Test::gains).until(4000);
        long[] counts = new long[3];
        List<String> operators = List.of("mutation", "crossover", "crossover+mutation");
        run.proposals().stream()
                .skip(20)
                .forEach(each -> counts[operators.indexOf(each.origin().operator())]++);
        long total = IntStream.range(0, 3).mapToLong(i -> counts[i]).sum();
        // Parents that meet themselves or children that copy a parent are mutated as well: at least so often.
        assertThat((double) counts[0] / total).isBetween(0.48, 0.62);
        assertThat((double) counts[2] / (counts[1] + counts[2])).isBetween(0.23, 0.50);
    }
}
