package io.phyla.search.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenetics.IntegerGene;
import io.jenetics.Optimize;
import io.jenetics.Phenotype;
import io.jenetics.TournamentSelector;
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
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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
        private final TournamentSelector<IntegerGene, Standing> tournament = new TournamentSelector<>(2);

        private final List<Result> offspring = new ArrayList<>();
        private List<Result> parents = List.of();
        private ISeq<Phenotype<IntegerGene, Standing>> ranked = ISeq.empty();

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
            if (parents.size() < 2 || number < parameters.population()) {
                return RandomSearch.draw(space, random);
            }
            Phenotype<IntegerGene, Standing> first = select(random);
            Phenotype<IntegerGene, Standing> second =
                    random.nextDouble() < parameters.crossover() ? select(random) : first;
            Genome one = Individual.genome(first);
            if (second.generation() == first.generation()) {
                return proposal("mutation", mutation.mutate(one, random), one, first.generation());
            }
            Genome other = Individual.genome(second);
            Genome child = crossover.cross(one, other, random);
            if (copies(child, one) || copies(child, other) || random.nextDouble() < parameters.mutation()) {
                Genome mutant = mutation.mutate(child, random);
                return proposal("crossover+mutation", mutant, one, first.generation(), second.generation());
            }
            return proposal("crossover", child, one, first.generation(), second.generation());
        }

        private static Proposal proposal(String operator, Genome child, Genome parent, Long... numbers) {
            return new Proposal(child, new Origin(operator, List.of(numbers), Differences.between(parent, child)));
        }

        private boolean copies(Genome child, Genome parent) {
            return space.canonical(child).equals(space.canonical(parent));
        }

        private Phenotype<IntegerGene, Standing> select(RandomGenerator random) {
            return RandomRegistry.with(random)
                    .call(() -> tournament.select(ranked, 1, Optimize.MAXIMUM))
                    .get(0);
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

        /** Parents and offspring become the next parents; a genome that stands twice counts once, as the earlier. */
        private void survive() {
            Map<Genome, Result> distinct = new LinkedHashMap<>();
            Stream.concat(parents.stream(), offspring.stream())
                    .sorted(Comparator.comparingLong(Result::number))
                    .forEach(each -> distinct.putIfAbsent(space.canonical(each.genome()), each));
            offspring.clear();
            List<Result> pool = List.copyOf(distinct.values());
            List<Standing> standings = Standing.of(gains(pool));
            become(IntStream.range(0, pool.size())
                    .boxed()
                    .sorted(Comparator.<Integer, Standing>comparing(standings::get)
                            .reversed())
                    .limit(parameters.population())
                    .map(pool::get)
                    .toList());
        }

        private void become(List<Result> survivors) {
            List<Standing> standings = Standing.of(gains(survivors));
            parents = survivors;
            ranked = IntStream.range(0, survivors.size())
                    .mapToObj(i -> Individual.phenotype(space, survivors.get(i), standings.get(i)))
                    .collect(ISeq.toISeq());
        }

        private static List<double[]> gains(List<Result> results) {
            return results.stream().map(Result::gains).toList();
        }

        @Override
        public JsonNode snapshot() {
            ObjectNode json = Json.MAPPER.createObjectNode();
            json.set("parents", Individual.write(parents));
            json.set("offspring", Individual.write(offspring));
            return json;
        }

        @Override
        public void restore(JsonNode snapshot) {
            become(Individual.read(snapshot.path("parents")));
            offspring.clear();
            offspring.addAll(Individual.read(snapshot.path("offspring")));
        }
    }
}
