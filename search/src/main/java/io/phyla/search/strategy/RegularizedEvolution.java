package io.phyla.search.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenetics.IntegerGene;
import io.jenetics.Optimize;
import io.jenetics.Phenotype;
import io.jenetics.TournamentSelector;
import io.jenetics.util.ISeq;
import io.jenetics.util.RandomRegistry;
import io.phyla.search.candidate.Origin;
import io.phyla.search.lineage.Differences;
import io.phyla.search.lineage.UnitMutation;
import io.phyla.spaces.Genome;
import io.phyla.spaces.SearchSpace;
import io.phyla.spaces.schema.Param;
import java.util.ArrayDeque;
import java.util.List;
import java.util.random.RandomGenerator;

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

        private final Parameters parameters;
        private final SearchSpace space;
        private final int window;
        private final UnitMutation mutation;
        private final TournamentSelector<IntegerGene, Double> tournament;
        private final ArrayDeque<Result> alive = new ArrayDeque<>();
        private final ArrayDeque<Phenotype<IntegerGene, Double>> phenotypes = new ArrayDeque<>();

        Machine(Parameters parameters, SearchSpace space, int window) {
            this.parameters = parameters;
            this.space = space;
            this.window = window;
            this.mutation = new UnitMutation(space);
            this.tournament = new TournamentSelector<>(Math.max(1, parameters.tournament()));
        }

        @Override
        public long visible(long number) {
            return Visibility.SLIDING.visible(number, window);
        }

        @Override
        public Proposal ask(long number, RandomGenerator random) {
            if (alive.size() < parameters.population()) {
                return RandomSearch.draw(space, random);
            }
            long winner = RandomRegistry.with(random)
                    .call(() -> tournament.select(ISeq.of(phenotypes), 1, Optimize.MAXIMUM))
                    .get(0)
                    .generation();
            Result parent = member(winner);
            Genome child = mutation.mutate(parent.genome(), random);
            return new Proposal(
                    child,
                    new Origin("mutation", List.of(parent.number()), Differences.between(parent.genome(), child)));
        }

        private Result member(long number) {
            return alive.stream()
                    .filter(each -> each.number() == number)
                    .findFirst()
                    .orElseThrow();
        }

        @Override
        public void tell(Result result) {
            if (!result.measured()) {
                return;
            }
            alive.addLast(result);
            phenotypes.addLast(Individual.phenotype(space, result, gains -> gains[0]));
            if (alive.size() > parameters.population()) {
                alive.removeFirst();
                phenotypes.removeFirst();
            }
        }

        @Override
        public JsonNode snapshot() {
            return Individual.write(alive);
        }

        @Override
        public void restore(JsonNode snapshot) {
            alive.clear();
            phenotypes.clear();
            Individual.read(snapshot).forEach(this::tell);
        }
    }
}
