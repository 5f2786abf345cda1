package io.phyla.evaluators.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.phyla.evaluators.artifacts.FileArtifacts;
import io.phyla.search.candidate.Cause;
import io.phyla.search.document.Parameters;
import io.phyla.search.fixture.EvaluatorContract;
import io.phyla.search.metric.Evaluation;
import io.phyla.search.metric.Evaluation.Evaluated;
import io.phyla.search.metric.EvaluationException;
import io.phyla.search.metric.Evaluator;
import io.phyla.search.metric.Resources;
import io.phyla.spaces.Genome;
import io.phyla.spaces.SearchSpace;
import io.phyla.spaces.design.NetworkCost;
import io.phyla.spaces.nb201.Nb201Parameters;
import io.phyla.spaces.nb201.Nb201Space;
import io.phyla.spaces.schema.Json;
import io.phyla.spaces.schema.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract with halving; {@code EveryEvaluatorTest} has it without. */
class TrainEvaluatorTest implements EvaluatorContract<TrainParameters> {

    private static final Nb201Space SPACE = new Nb201Space(new Nb201Parameters(4, 1, 12, 8));
    private static final Genome GENOME = Genome.parse("3.3.3.1.3.2");
    private static final Set<String> ALL = Set.of("accuracy", "validation_loss", "trained_steps");
    private static final String HALVING = """
        {"steps": 18, "halvings": 2, "reduction": 3, "reference_designs": 4, "recipe": {"batch": 64}}\
        """;

    @TempDir
    Path directory;

    private static TrainParameters parameters(String json) {
        try {
            return Parameters.read(Json.MAPPER.readTree(json), TrainParameters.class);
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public Evaluator<TrainParameters> evaluator() {
        return new TrainEvaluator();
    }

    @Override
    public TrainParameters parameters() {
        return parameters(HALVING);
    }

    @Override
    public SearchSpace space() {
        return SPACE;
    }

    @Override
    public Resources resources() {
        return new Resources(new FileArtifacts(directory), 1L << 28);
    }

    private Evaluated evaluate(String json, Genome genome, long seed) {
        try (Evaluation evaluation = evaluator().open(parameters(json), SPACE, ALL, resources())) {
            return evaluation.evaluate(genome, SPACE.decode(genome), seed);
        }
    }

    @Test
    void trainsForItsBudgetAndCountsItsWork() {
        String json = """
            {"steps": 10, "recipe": {"batch": 32, "recalibration_batches": 2}}\
            """;
        Evaluated result = evaluate(json, GENOME, 3);
        assertThat(result.values().get("trained_steps")).isEqualTo(10);
        assertThat(result.values().get("accuracy")).isBetween(0.0, 100.0);
        assertThat(result.values().get("validation_loss")).isPositive();
        long macs = NetworkCost.of(SPACE.decode(GENOME)).macs();
        assertThat(result.cost()).isEqualTo(macs * (3.0 * 32 * 10 + 1000 + 2 * 32));
        assertThat(evaluate(json, GENOME, 3)).isEqualTo(result);
        assertThat(evaluate(json, GENOME, 4)).isNotEqualTo(result);
    }

    /** A halving that stops nobody must not change what a training comes to. */
    @Test
    void stopsWhoFallsBehindAndLeavesTheOthersAlone() {
        try (Evaluation halving = evaluator().open(parameters(), SPACE, ALL, resources())) {
            SplittableRandom random = new SplittableRandom(5);
            int stopped = 0;
            for (Genome genome :
                    Stream.generate(() -> SPACE.sample(random)).limit(12).toList()) {
                Evaluated result = halving.evaluate(genome, SPACE.decode(genome), 9);
                double steps = result.values().get("trained_steps");
                assertThat(steps).isIn(2.0, 6.0, 18.0);
                stopped += steps < 18 ? 1 : 0;
                if (steps == 18) {
                    Evaluated whole = evaluate("""
                        {"steps": 18, "recipe": {"batch": 64}}\
                        """, genome, 9);
                    assertThat(result.values()).isEqualTo(whole.values());
                    assertThat(result.cost()).isGreaterThan(whole.cost());
                }
            }
            assertThat(stopped).isBetween(1, 11);
        }
    }

    /** Of four designs two go on to the second budget, of these one to the end. */
    @Test
    void freezesWhatTheSampleReached() {
        TrainParameters parameters = parameters("""
            {"steps": 36, "halvings": 2, "reduction": 2, "reference_designs": 4}\
            """);
        assertThat(parameters.rungs()).containsExactly(9L, 18L);
        double[] accuracies = {0.3, 0.1, 0.4, 0.2};
        int[] tries = {0};
        var rungs = new ReferenceSample(SPACE, parameters, (network, seed, steps) -> {
                    int number = tries[0]++;
                    // The second round sees the best first.
                    return steps == 9 ? accuracies[number] : number == 4 ? 0.5 : 0.6;
                })
                .rungs();
        assertThat(rungs).containsExactly(new Rung(9, 0.3), new Rung(18, 0.6));
        assertThat(tries[0]).isEqualTo(6);
    }

    @Test
    void refusesBeforeAnySearchWhatDoesNotFit() {
        FileArtifacts artifacts = new FileArtifacts(directory);
        assertThat(evaluator().check(parameters(), SPACE, artifacts)).isEmpty();
        assertThat(evaluator().check(parameters(), new Nb201Space(new Nb201Parameters(4, 1, 10, 8)), artifacts))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.pointer()).isEqualTo("/data");
                    assertThat(problem.detail()).contains("10 classes", "has 12");
                });
        assertThat(evaluator().check(parameters(), new Nb201Space(new Nb201Parameters(4, 1, 12, 24)), artifacts))
                .extracting(Problem::pointer)
                .containsExactly("/data");
        assertThat(evaluator().check(parameters("""
            {"data": "imagenet"}\
            """), artifacts))
                .extracting(Problem::pointer)
                .containsExactly("/data");
        assertThatThrownBy(() -> parameters("""
            {"steps": 8, "halvings": 2, "reduction": 3}\
            """)).hasMessageContaining("no step at all");
        assertThatThrownBy(() -> parameters("""
            {"steps": 8, "recipe": {"warm_up_steps": 9}}\
            """)).hasMessageContaining("warm-up of 9 steps");
    }

    @Test
    void recordsWhatCannotBeTrained() {
        assertThatThrownBy(() -> evaluate("""
            {"steps": 60, "recipe": {"learning_rate": 100, "weight_decay": 10, "momentum": 0.99}}\
            """, GENOME, 1))
                .isInstanceOfSatisfying(
                        EvaluationException.class,
                        e -> assertThat(e.recorded().kind()).isEqualTo(Cause.Kind.NON_FINITE));
        try (Evaluation tight =
                evaluator().open(parameters("{}"), SPACE, ALL, new Resources(new FileArtifacts(directory), 100_000))) {
            assertThatThrownBy(() -> tight.evaluate(GENOME, SPACE.decode(GENOME), 1))
                    .isInstanceOfSatisfying(
                            EvaluationException.class,
                            e -> assertThat(e.recorded().kind()).isEqualTo(Cause.Kind.TOO_LARGE));
        }
    }
}
