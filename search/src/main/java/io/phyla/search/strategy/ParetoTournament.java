package io.phyla.search.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenetics.IntegerGene;
import io.jenetics.MonteCarloSelector;
import io.jenetics.Optimize;
import io.jenetics.Phenotype;
import io.jenetics.ext.moea.Pareto;
import io.jenetics.ext.moea.Vec;
import io.jenetics.util.ISeq;
import io.jenetics.util.MSeq;
import io.jenetics.util.RandomRegistry;
import io.phyla.search.candidate.Origin;
import io.phyla.search.lineage.Differences;
import io.phyla.search.lineage.UnitMutation;
import io.phyla.spaces.Genome;
import io.phyla.spaces.SearchSpace;
import io.phyla.spaces.schema.Json;
import io.phyla.spaces.schema.Param;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;

/**
 * The evolution of EvoNorm (Liu et al., "Evolving Normalization-Activation Layers", NeurIPS 2020): a share of the newest
 * measured candidates meets in a tournament, a winner is drawn from its Pareto front and mutated twice; some proposals are
 * fresh random ones instead, so that what no mutation reaches comes in. There is no crossover.
 */
public final class ParetoTournament implements StrategyProvider<ParetoTournament.Parameters> {

    /** Products such as 0.1 * 30 that come out a hair too large are no further member. */
    private static final double ROUNDING = 1e-9;

    /** What a small machine can afford; the paper lets 2500 live, 5 % of them meet, and draws half of all at random. */
    public record Parameters(
            @Param(
                    description = "How many of the newest measured candidates live.",
                    min = 2,
                    max = 10000,
                    byDefault = "100")
            int population,

            @Param(
                    description = "Which share of the living meets in a tournament; at least one does.",
                    min = 0,
                    max = 1,
                    byDefault = "0.1")
            double tournament,

            @Param(
                    description = "Who wins it: a member of its Pareto front drawn uniformly, the highest mean of the"
                            + " objectives, or who wins most comparisons with an opponent in an objective.",
                    byDefault = "\"pareto\"")
            Winner winner,

            @Param(description = "How often the winner is mutated.", min = 1, max = 100, byDefault = "2")
            int mutations,

            @Param(
                    description = "At first so many proposals are drawn at random instead.",
                    min = 0,
                    max = 1,
                    byDefault = "0.5")
            double randomShare,

            @Param(
                    description = "In the end so many are; equal shares are a constant one.",
                    min = 0,
                    max = 1,
                    byDefault = "0.2")
            double lastRandomShare,

            @Param(
                    description = "Proposals over which the one share becomes the other, in a straight line.",
                    min = 0,
                    max = 100000000,
                    byDefault = "1000")
            long schedule,

            @Param(
                    description = "How many candidates must have been measured before there are tournaments.",
                    min = 1,
                    max = 10000,
                    byDefault = "10")
            int initial) {

        /** The probability that a proposal is drawn at random once there are tournaments. */
        double randomShare(long number) {
            double passed = number >= schedule ? 1 : (double) number / schedule;
            return randomShare + (lastRandomShare - randomShare) * passed;
        }

        /** How many of the living meet. */
        int tournament(int living) {
            return Math.max(1, (int) Math.ceil(tournament * living - ROUNDING));
        }
    }

    /** Who may win a tournament; one of them is drawn uniformly. */
    public enum Winner {
        /** Whoever nobody beats in every objective: objectives that vary more do not count more. */
        PARETO {
            @Override
            ISeq<Phenotype<IntegerGene, Vec<double[]>>> best(ISeq<Phenotype<IntegerGene, Vec<double[]>>> tournament) {
                return Pareto.front(tournament, (a, b) -> a.fitness().dominance(b.fitness()));
            }
        },
        /** The highest mean of the gains, which says something where objectives share a unit. */
        MEAN {
            @Override
            ISeq<Phenotype<IntegerGene, Vec<double[]>>> best(ISeq<Phenotype<IntegerGene, Vec<double[]>>> tournament) {
                return highest(tournament, each -> Arrays.stream(gains(each)).sum());
            }
        },
        /** Who is better than most opponents in most objectives. */
        WIN_RATE {
            @Override
            ISeq<Phenotype<IntegerGene, Vec<double[]>>> best(ISeq<Phenotype<IntegerGene, Vec<double[]>>> tournament) {
                return highest(
                        tournament,
                        each -> tournament.stream()
                                .mapToInt(opponent -> wins(gains(each), gains(opponent)))
                                .sum());
            }
        };

        abstract ISeq<Phenotype<IntegerGene, Vec<double[]>>> best(
                ISeq<Phenotype<IntegerGene, Vec<double[]>>> tournament);

        private static double[] gains(Phenotype<IntegerGene, Vec<double[]>> member) {
            return member.fitness().data();
        }

        private static int wins(double[] gains, double[] opponent) {
            int wins = 0;
            for (int i = 0; i < gains.length; i++) {
                wins += gains[i] > opponent[i] ? 1 : 0;
            }
            return wins;
        }

        private static ISeq<Phenotype<IntegerGene, Vec<double[]>>> highest(
                ISeq<Phenotype<IntegerGene, Vec<double[]>>> tournament,
                ToDoubleFunction<Phenotype<IntegerGene, Vec<double[]>>> score) {
            double[] scores = tournament.stream().mapToDouble(score).toArray();
            double best = Arrays.stream(scores).max().orElseThrow();
            MSeq<Phenotype<IntegerGene, Vec<double[]>>> members = MSeq.of(tournament);
            int count = 0;
            for (int i = 0; i < scores.length; i++) {
                if (scores[i] == best) {
                    members.set(count++, tournament.get(i));
                }
            }
            return members.subSeq(0, count).toISeq();
        }
    }

    @Override
    public String name() {
        return "pareto-tournament";
    }

    @Override
    public String description() {
        return "Tournaments among the newest, a winner from their Pareto front, mutated twice, with fresh random ones"
                + " between (EvoNorm; Liu et al., 2020).";
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
        private final MonteCarloSelector<IntegerGene, Vec<double[]>> anyone = new MonteCarloSelector<>();

        /** The newest measured candidates; the next takes the place of the oldest. */
        private final MSeq<Phenotype<IntegerGene, Vec<double[]>>> alive;

        private long measured;

        Machine(Parameters parameters, SearchSpace space, int window) {
            this.parameters = parameters;
            this.space = space;
            this.window = window;
            mutation = new UnitMutation(space);
            alive = MSeq.ofLength(parameters.population());
        }

        @Override
        public long visible(long number) {
            return Visibility.SLIDING.visible(number, window);
        }

        @Override
        public Proposal ask(long number, RandomGenerator random) {
            if (measured < parameters.initial() || random.nextDouble() < parameters.randomShare(number)) {
                return RandomSearch.draw(space, random);
            }
            Phenotype<IntegerGene, Vec<double[]>> winner = winner(random);
            Genome parent = Individual.genome(winner);
            Genome child = child(parent, random);
            return new Proposal(
                    child, new Origin("mutation", List.of(winner.generation()), Differences.between(parent, child)));
        }

        private Phenotype<IntegerGene, Vec<double[]>> winner(RandomGenerator random) {
            int living = (int) Math.min(measured, alive.size());
            ISeq<Phenotype<IntegerGene, Vec<double[]>>> tournament = alive.subSeq(0, living)
                    .copy()
                    .shuffle(random)
                    .subSeq(0, parameters.tournament(living))
                    .toISeq();
            ISeq<Phenotype<IntegerGene, Vec<double[]>>> best =
                    parameters.winner().best(tournament);
            return RandomRegistry.with(random)
                    .call(() -> anyone.select(best, 1, Optimize.MAXIMUM))
                    .get(0);
        }

        /** What comes back to the parent would be a proposal wasted, so it is mutated once more. */
        private Genome child(Genome parent, RandomGenerator random) {
            Genome child = parent;
            for (int i = 0; i < parameters.mutations(); i++) {
                child = mutation.mutate(child, random);
            }
            return space.canonical(child).equals(space.canonical(parent)) ? mutation.mutate(child, random) : child;
        }

        @Override
        public void tell(Result result) {
            if (result.measured()) {
                alive.set(place(measured++), Individual.phenotype(space, result, Vec.of(result.gains())));
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

        private static Result result(Phenotype<IntegerGene, Vec<double[]>> member) {
            return new Result(
                    member.generation(),
                    Individual.genome(member),
                    member.fitness().data());
        }

        @Override
        public void restore(JsonNode snapshot) {
            List<Result> restored = Individual.read(snapshot.path("alive"));
            measured = snapshot.path("measured").asLong() - restored.size();
            restored.forEach(this::tell);
        }
    }
}
