package io.phyla.search.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenetics.IntegerGene;
import io.jenetics.Optimize;
import io.jenetics.Phenotype;
import io.jenetics.ext.moea.NSGA2Selector;
import io.jenetics.ext.moea.UFTournamentSelector;
import io.jenetics.ext.moea.Vec;
import io.jenetics.util.ISeq;
import io.jenetics.util.RandomRegistry;
import io.phyla.search.candidate.Origin;
import io.phyla.search.lineage.Differences;
import io.phyla.search.lineage.UnitCrossover;
import io.phyla.search.lineage.UnitMutation;
import io.phyla.spaces.Genome;
import io.phyla.spaces.SearchSpace;
import io.phyla.spaces.schema.Json;
import io.phyla.spaces.schema.Param;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * NSGA-II (Deb et al., IEEE Transactions on Evolutionary Computation 6(2), 2002): of parents and offspring together the
 * best fronts survive, the last one by crowding distance; parents are chosen by tournaments on rank and crowding.
 */
public final class Nsga2 implements StrategyProvider<Nsga2.Parameters> {

    /** The algorithm is its operators and their rates. */
    public record Parameters(
            @Param(description = "How many candidates survive a generation.", min = 2, max = 10000, byDefault = "50")
            int population,

            @Param(description = "Probability that a child has two parents.", min = 0, max = 1, byDefault = "0.9")
            double crossover,

            @Param(
                    description = "Probability that a child of two parents is mutated as well.",
                    min = 0,
                    max = 1,
                    byDefault = "0.5")
            double mutation) {}

    @Override
    public String name() {
        return "nsga2";
    }

    @Override
    public String description() {
        return "NSGA-II: non-dominated sorting and crowding, crossover and mutation (Deb et al., 2002).";
    }

    @Override
    public Class<Parameters> parameters() {
        return Parameters.class;
    }

    @Override
    public boolean multiObjective() {
        return true;
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
        private final UnitCrossover crossover;
        private final UFTournamentSelector<IntegerGene, Vec<double[]>> tournament = UFTournamentSelector.ofVec();
        private final NSGA2Selector<IntegerGene, Vec<double[]>> survival = NSGA2Selector.ofVec();

        private final List<Result> offspring = new ArrayList<>();
        private Map<Long, Result> parents = new HashMap<>();
        private ISeq<Phenotype<IntegerGene, Vec<double[]>>> phenotypes = ISeq.empty();

        Machine(Parameters parameters, SearchSpace space, int window) {
            this.parameters = parameters;
            this.space = space;
            this.window = window;
            this.mutation = new UnitMutation(space);
            this.crossover = new UnitCrossover(space);
        }

        @Override
        public long visible(long number) {
            return Visibility.GENERATIONAL.visible(number, window);
        }

        @Override
        public Proposal ask(long number, RandomGenerator random) {
            if (phenotypes.size() < Math.min(2, parameters.population()) || number < parameters.population()) {
                return RandomSearch.draw(space, random);
            }
            Result first = select(random);
            Result second = random.nextDouble() < parameters.crossover() ? select(random) : first;
            if (second.number() == first.number()) {
                Genome child = mutation.mutate(first.genome(), random);
                return new Proposal(child, origin("mutation", child, first));
            }
            Genome child = crossover.cross(first.genome(), second.genome(), random);
            boolean copy = child.equals(first.genome()) || child.equals(second.genome());
            if (copy || random.nextDouble() < parameters.mutation()) {
                child = mutation.mutate(child, random);
                return new Proposal(child, origin("crossover+mutation", child, first, second));
            }
            return new Proposal(child, origin("crossover", child, first, second));
        }

        private static Origin origin(String operator, Genome child, Result... parents) {
            return new Origin(
                    operator,
                    List.of(parents).stream().map(Result::number).toList(),
                    Differences.between(parents[0].genome(), child));
        }

        private Result select(RandomGenerator random) {
            long winner = RandomRegistry.with(random)
                    .call(() -> tournament.select(phenotypes, 1, Optimize.MAXIMUM))
                    .get(0)
                    .generation();
            return Objects.requireNonNull(parents.get(winner));
        }

        @Override
        public void tell(Result result) {
            if (result.measured()) {
                offspring.add(result);
            }
            if ((result.number() + 1) % window == 0) {
                survive();
            }
        }

        /** Parents and offspring become the next parents; a genome that stands twice counts once. */
        private void survive() {
            Map<Genome, Result> all = new HashMap<>();
            List<Result> distinct = new ArrayList<>();
            List<Result> ordered = new ArrayList<>(parents.values());
            ordered.sort((a, b) -> Long.compare(a.number(), b.number()));
            ordered.addAll(offspring);
            for (Result each : ordered) {
                if (all.putIfAbsent(space.canonical(each.genome()), each) == null) {
                    distinct.add(each);
                }
            }
            offspring.clear();
            become(distinct, Math.min(parameters.population(), distinct.size()));
        }

        private void become(List<Result> pool, int survivors) {
            ISeq<Phenotype<IntegerGene, Vec<double[]>>> population = pool.stream()
                    .map(each -> Individual.phenotype(space, each, Vec::of))
                    .collect(ISeq.toISeq());
            phenotypes = survivors == 0 ? ISeq.empty() : survival.select(population, survivors, Optimize.MAXIMUM);
            Map<Long, Result> byNumber = new HashMap<>();
            pool.forEach(each -> byNumber.put(each.number(), each));
            parents = new HashMap<>();
            phenotypes.forEach(each -> parents.put(each.generation(), byNumber.get(each.generation())));
        }

        @Override
        public JsonNode snapshot() {
            ObjectNode json = Json.MAPPER.createObjectNode();
            json.set(
                    "parents",
                    Individual.write(phenotypes.stream()
                            .map(each -> parents.get(each.generation()))
                            .toList()));
            json.set("offspring", Individual.write(offspring));
            return json;
        }

        @Override
        public void restore(JsonNode snapshot) {
            List<Result> restored = Individual.read(snapshot.path("parents"));
            phenotypes = restored.stream()
                    .map(each -> Individual.phenotype(space, each, Vec::of))
                    .collect(ISeq.toISeq());
            parents = new HashMap<>();
            restored.forEach(each -> parents.put(each.number(), each));
            offspring.clear();
            offspring.addAll(Individual.read(snapshot.path("offspring")));
        }
    }
}
