package io.phyla.evaluators.anchor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.phyla.evaluators.artifacts.FileArtifacts;
import io.phyla.search.candidate.Cause;
import io.phyla.search.candidate.Cause.Kind;
import io.phyla.search.document.Parameters;
import io.phyla.search.fixture.EvaluatorContract;
import io.phyla.search.metric.Evaluation;
import io.phyla.search.metric.Evaluation.Evaluated;
import io.phyla.search.metric.EvaluationException;
import io.phyla.search.metric.Evaluator;
import io.phyla.search.metric.Resources;
import io.phyla.spaces.Genome;
import io.phyla.spaces.SearchSpace;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.LayerProgram.Node;
import io.phyla.spaces.design.LayerProgram.Series;
import io.phyla.spaces.design.NetworkCost;
import io.phyla.spaces.design.Operation;
import io.phyla.spaces.evonorm.EvoNormParameters;
import io.phyla.spaces.evonorm.EvoNormSpace;
import io.phyla.spaces.evonorm.ReadyLayers;
import io.phyla.spaces.nb201.Nb201Parameters;
import io.phyla.spaces.nb201.Nb201Space;
import io.phyla.spaces.schema.Json;
import io.phyla.spaces.schema.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract on layers of which one fails; and each verdict with its reason. */
class AnchorEvaluatorTest implements EvaluatorContract<AnchorParameters> {

    private static final LayerProgram EXP =
            new LayerProgram(List.of(), List.of(Node.of(Operation.EXP, 0)), 2, true, 0, LayerProgram.EPSILON);
    private static final LayerProgram CONSTANT =
            new LayerProgram(List.of(), List.of(Node.of(Operation.EXP, 1)), 2, true, 0, LayerProgram.EPSILON);
    private static final LayerSpace SPACE = new LayerSpace(Map.of(
            "bn_relu", ReadyLayers.program("bn_relu"),
            "evonorm_b0", ReadyLayers.program("evonorm_b0"),
            "evonorm_s0", ReadyLayers.program("evonorm_s0", 4, LayerProgram.EPSILON),
            "swish", ReadyLayers.program("swish"),
            "exp", EXP,
            "constant", CONSTANT));
    private static final Set<String> ALL =
            Set.of("accuracy_plain", "accuracy_residual", "mean_accuracy", "worst_gradient");
    private static final String FEW_STEPS = """
        {"anchors": [{"network": "plain", "resolution": 8}], "steps": 6, "recipe": {"batch": 16, "first_weights": "wide"},
         "quality": {"steps": 4, "factor": 0.5, "images": 64}, "stability": {"steps": 12, "batch": 8}}\
        """;

    @TempDir
    Path directory;

    private static AnchorParameters parameters(String json) {
        try {
            return Parameters.read(Json.MAPPER.readTree(json), AnchorParameters.class);
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public Evaluator<AnchorParameters> evaluator() {
        return new AnchorEvaluator();
    }

    @Override
    public AnchorParameters parameters() {
        return parameters(FEW_STEPS);
    }

    @Override
    public SearchSpace space() {
        return SPACE;
    }

    @Override
    public Resources resources() {
        return new Resources(new FileArtifacts(directory), 1L << 28);
    }

    private Evaluated evaluate(String json, String layer, long seed) {
        return evaluate(json, layer, seed, resources());
    }

    private Evaluated evaluate(String json, String layer, long seed, Resources resources) {
        try (Evaluation evaluation = evaluator().open(parameters(json), SPACE, ALL, resources)) {
            Genome genome = SPACE.genome(layer);
            return evaluation.evaluate(genome, SPACE.decode(genome), seed);
        }
    }

    private Cause cause(String json, String layer) {
        return cause(json, layer, resources());
    }

    private Cause cause(String json, String layer, Resources resources) {
        Cause[] cause = new Cause[1];
        assertThatThrownBy(() -> evaluate(json, layer, 1, resources))
                .isInstanceOfSatisfying(EvaluationException.class, e -> cause[0] = e.recorded());
        return cause[0];
    }

    @Test
    void measuresEachAnchorAndCountsItsWork() {
        String json = """
            {"anchors": [{"network": "residual", "resolution": 8}, {"network": "plain", "width": 0.5, "resolution": 8}],
             "steps": 5, "recipe": {"batch": 16}, "quality": {"steps": 2, "factor": 0, "images": 64},
             "stability": {"steps": 3, "batch": 8, "every_anchor": true}}\
            """;
        Evaluated result = evaluate(json, "evonorm_b0", 3);
        assertThat(result.values().get("accuracy_plain")).isBetween(0.0, 100.0);
        assertThat(result.values().get("accuracy_residual")).isBetween(0.0, 100.0);
        assertThat(result.values().get("mean_accuracy"))
                .isEqualTo(
                        (result.values().get("accuracy_plain") + result.values().get("accuracy_residual")) / 2);
        assertThat(result.values().get("worst_gradient")).isPositive();
        double images = 3 * 16 * 5 + 64 + 1000 + 2 * 8 * 16 + (1 + 3 * 3) * 3 * 8;
        assertThat(result.cost()).isEqualTo(images * (macs(json, 0) + macs(json, 1)));
        assertThat(evaluate(json, "evonorm_b0", 3)).isEqualTo(result);
        assertThat(evaluate(json, "evonorm_b0", 4)).isNotEqualTo(result);
    }

    private static double macs(String json, int anchor) {
        return NetworkCost.of(parameters(json).anchors().get(anchor).build(12)).macs();
    }

    /** A gate that lets a layer through must not change what its training comes to. */
    @Test
    void gatesLeaveNoTrace() {
        String open = """
            {"anchors": [{"network": "plain", "resolution": 8}], "steps": 6, "recipe": {"batch": 16, "first_weights": "wide"},
             "quality": {"steps": 0}, "stability": {"steps": 0}}\
            """;
        Map<String, Double> ungated = evaluate(open, "bn_relu", 5).values();
        Map<String, Double> gated = evaluate(FEW_STEPS, "bn_relu", 5).values();
        assertThat(gated.get("accuracy_plain")).isEqualTo(ungated.get("accuracy_plain"));
        assertThat(ungated.get("worst_gradient")).isNaN();
        assertThat(ungated.get("accuracy_residual")).isNaN();
    }

    @Test
    void measuresOnTheImagesAskedFor() {
        String test = FEW_STEPS.replace("\"steps\": 6", "\"steps\": 6, \"split\": \"test\"");
        assertThat(evaluate(test, "bn_relu", 5).values().get("accuracy_plain"))
                .isNotEqualTo(evaluate(FEW_STEPS, "bn_relu", 5).values().get("accuracy_plain"));
    }

    @Test
    void saysWhyALayerIsRejected() {
        Cause low = cause(FEW_STEPS.replace("0.5", "2"), "constant");
        assertThat(low.kind()).isEqualTo(Kind.LOW_QUALITY);
        assertThat(low.detail()).contains("anchor plain", "after 4 steps", "less than 16.7 %", "2 times");
        Cause bad = cause(FEW_STEPS, "exp");
        assertThat(bad.kind()).isEqualTo(Kind.NON_FINITE);
        assertThat(bad.detail()).contains("anchor plain", "at step 1");
        Cause wild = cause(FEW_STEPS, "swish");
        assertThat(wild.kind()).isEqualTo(Kind.UNSTABLE);
        assertThat(wild.detail()).contains("anchor plain", "steps of ascent", "above 1.00e+08");
        Cause large = cause(FEW_STEPS, "bn_relu", new Resources(new FileArtifacts(directory), 10_000));
        assertThat(large.kind()).isEqualTo(Kind.TOO_LARGE);
        Cause misplaced =
                cause(FEW_STEPS.replace("\"steps\": 6", "\"steps\": 6, \"place\": \"activation\""), "bn_relu");
        assertThat(misplaced.kind()).isEqualTo(Kind.EVALUATION_FAILED);
        assertThat(misplaced.detail()).contains("anchor plain", "moments");
    }

    @Test
    void activationsStandBehindTheirNormalisation() {
        String json = FEW_STEPS.replace("\"steps\": 6", "\"steps\": 6, \"place\": \"activation\"");
        assertThat(evaluate(json, "swish", 1).values().get("worst_gradient")).isLessThan(1e3);
    }

    @Test
    void refusesBeforeAnySearchWhatDoesNotFit() {
        FileArtifacts artifacts = new FileArtifacts(directory);
        AnchorParameters byDefault = parameters("{}");
        EvoNormSpace layers = new EvoNormSpace(EvoNormParameters.of(Series.B));
        assertThat(evaluator().check(byDefault, artifacts)).isEmpty();
        assertThat(evaluator().check(byDefault, layers, artifacts)).isEmpty();
        assertThat(evaluator().check(byDefault, new Nb201Space(new Nb201Parameters(4, 1, 12, 8)), artifacts))
                .singleElement()
                .satisfies(problem -> assertThat(problem.detail()).contains("networks of its own", "evonorm"));
        assertThat(evaluator().check(parameters("""
            {"place": "activation"}\
            """), layers, artifacts))
                .extracting(Problem::pointer)
                .containsExactly("/place");
        assertThat(evaluator().check(parameters("""
            {"anchors": [{"network": "plain"}, {"network": "resnet", "resolution": 24}], "stability": {"batch": 4096},
             "recipe": {"batch": 4096}}\
            """), artifacts))
                .extracting(Problem::pointer)
                .containsExactly("/anchors/1/resolution");
        assertThat(evaluator().check(parameters("""
            {"quality": {"factor": 12}}\
            """), artifacts))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.pointer()).isEqualTo("/quality/factor");
                    assertThat(problem.detail()).contains("12 classes", "less than 12");
                });
        assertThat(evaluator().check(parameters("""
            {"quality": {"factor": 12, "steps": 0}}\
            """), artifacts)).isEmpty();
        assertThat(evaluator().check(parameters("""
            {"data": "imagenet"}\
            """), artifacts))
                .extracting(Problem::pointer)
                .containsExactly("/data");
        assertThatThrownBy(() -> parameters("""
            {"anchors": [{"network": "plain"}, {"network": "plain", "width": 2}]}\
            """)).hasMessageContaining("at most one");
        assertThatThrownBy(() -> parameters("""
            {"anchors": [{"network": "plain", "depth": 2}]}\
            """)).hasMessageContaining("leave it out");
        assertThatThrownBy(() -> parameters("""
            {"steps": 50}\
            """)).hasMessageContaining("100 steps are more than the 50");
        assertThatThrownBy(() -> parameters("""
            {"moving_averages": "exponential", "recipe": {"recalibration_batches": 8}}\
            """)).hasMessageContaining("moving_averages");
    }
}
