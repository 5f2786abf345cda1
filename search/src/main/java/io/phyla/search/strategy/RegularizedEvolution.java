package io.phyla.search.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenetics.IntegerGene;
import io.jenetics.MonteCarloSelector;
import io.jenetics.Optimize;
import io.jenetics.Phenotype;
import io.jenetics.Selector;
import io.jenetics.TournamentSelector;
import io.jenetics.util.MSeq;
import io.jenetics.util.RandomRegistry;
import io.phyla.search.candidate.Origin;
import io.phyla.search.lineage.Differences;
import io.phyla.search.lineage.UnitMutation;
import io.phyla.spaces.Genome;
import io.phyla.spaces.SearchSpace;
import io.phyla.spaces.schema.Json;
import io.phyla.spaces.schema.Param;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;

/**
 * Ageing evolution (Real et al., "Regularized Evolution for Image Classifier Architecture Search", AAAI 2019): the newest
 * {@code population} measured candidates live; the winner of a tournament among them is mutated; the oldest dies, however
 * good it is.
 */
public final class RegularizedEvolution implements StrategyProvider<RegularizedEvolution.Parameters> {

    /** P and S of the paper. */
    public record Parameters(
            @Param(description = "How many candidates live at a time.", min = 2, max = 10000, byDefault = "50")
            int population,

            @Param(description = "How many of them compete to be the parent.", min = 1, max = 10000, byDefault = "10")
            int tournament) {

        public Parameters {
            if (tournament > population) {
                throw new IllegalArgumentException(
                        "a tournament of " + tournament + " is larger than the population of " + population);
            }
        }
    }

    @Override
    public String name() {
        return "regularized-evolution";
    }

    @Override
    public String description() {
        return "Ageing evolution: tournament, mutation, the oldest dies (Real et al., 2019). One objective.";
    }

    @Override
    public Class<Parameters> parameters() {
        return Parameters.class;
    }

    @Override
    public boolean multiObjective() {
        return false;
    }

    @Override
    public Strategy create(Parameters parameters, SearchSpace space, int objectives, int window) {
        return new Machine(parameters, space, window);
    }

    private static final class Machine implements Strategy {

        private final SearchSpace space;
        private final int window;
        private final UnitMutation mutation;
        private final Selector<IntegerGene, Double> tournament;

        /** The newest measured candidates; the next takes the place of the oldest. */
        private final MSeq<Phenotype<IntegerGene, Double>> alive;

        private long measured;

        Machine(Parameters parameters, SearchSpace space, int window) {
            this.space = space;
            this.window = window;
            mutation = new UnitMutation(space);
            tournament = parameters.tournament() == 1
                    ? new MonteCarloSelector<>()
                    : new TournamentSelector<>(parameters.tournament());
            alive = MSeq.ofLength(parameters.population());
        }

        @Override
        public long visible(long number) {
            return Visibility.SLIDING.visible(number, window);
        }

        @Override
        public Proposal ask(long number, RandomGenerator random) {
            if (measured < alive.size()) {
                return RandomSearch.draw(space, random);
            }
            Phenotype<IntegerGene, Double> winner = RandomRegistry.with(random)
                    .call(() -> tournament.select(alive, 1, Optimize.MAXIMUM))
                    .get(0);
            Genome parent = Individual.genome(winner);
            Genome child = mutation.mutate(parent, random);
            return new Proposal(
                    child, new Origin("mutation", List.of(winner.generation()), Differences.between(parent, child)));
        }

        @Override
        public void tell(Result result) {
            if (result.measured()) {
                alive.set(place(measured++), Individual.phenotype(space, result, result.gains()[0]));
            }
        }

        private int place(long number) {
            return (int) (number % alive.size());
        }

        @Override
        public JsonNode snapshot() {
            ObjectNode json = Json.MAPPER.createObjectNode().put("measured", measured);
            json.set(
                    "alive",
                    Individual.write(LongStream.range(Math.max(0, measured - alive.size()), measured)
                            .mapToObj(number -> result(alive.get(place(number))))
                            .toList()));
            return json;
        }

        private static Result result(Phenotype<IntegerGene, Double> member) {
            return new Result(member.generation(), Individual.genome(member), new double[] {member.fitness()});
        }

        @Override
        public void restore(JsonNode snapshot) {
            List<Result> restored = Individual.read(snapshot.path("alive"));
            measured = snapshot.path("measured").asLong() - restored.size();
            restored.forEach(this::tell);
        }
    }
}
