package io.phyla.evaluators.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.evaluators.training.TrainingReader.Result;
import io.phyla.search.document.Parameters;
import io.phyla.search.metric.Evaluation;
import io.phyla.search.metric.Evaluation.Evaluated;
import io.phyla.search.metric.Resources;
import io.phyla.spaces.Genome;
import io.phyla.spaces.design.NetworkCost;
import io.phyla.spaces.design.NetworkJson;
import io.phyla.spaces.nb201.Nb201Parameters;
import io.phyla.spaces.nb201.Nb201Space;
import io.phyla.spaces.schema.Json;
import io.phyla.spaces.schema.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with a teacher is said when a document is sent, of trainings and of searches. */
class TeacherCheckTest {

    private static final Nb201Space SPACE = new Nb201Space(new Nb201Parameters(4, 1, 12, 16));

    @TempDir
    Path directory;

    private TeacherFiles files;

    @BeforeEach
    void register() throws IOException {
        files = TeacherFiles.in(directory)
                .add("good", Networks.small(12), 1)
                .add("ten", Networks.small(10), 1)
                .add("large", Networks.glyphs(), 1)
                .text("prose", "no network\nat all")
                .text("empty", "{\"nodes\": []}")
                .text("layers", "{\"network\": {\"nodes\": [{\"name\": \"input\", \"op\": \"nonsense\"}]}}");
    }

    private static ObjectNode teacher(String network, String weights) {
        return Json.MAPPER.createObjectNode().put("network", network).put("weights", weights);
    }

    private Result read(ObjectNode teacher) {
        ObjectNode document = Json.MAPPER.createObjectNode().put("name", "student");
        document.set("network", NetworkJson.write(Networks.small(12)));
        document.putObject("training").set("teacher", teacher);
        return TrainingReader.read(document, files.artifacts());
    }

    private List<Problem> problems(ObjectNode teacher) {
        return switch (read(teacher)) {
            case Result.Accepted _ -> List.of();
            case Result.Refused refused -> refused.problems();
        };
    }

    private void assertRefused(String network, String weights, String member, String... texts) {
        assertThat(problems(teacher(network, weights)))
                .as("a training with %s and %s", network, weights)
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.pointer()).isEqualTo("/training/teacher/" + member);
                    assertThat(problem.detail()).contains(texts);
                });
        assertThat(check(network, weights))
                .as("a search with %s and %s", network, weights)
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.pointer()).isEqualTo("/teacher/" + member);
                    assertThat(problem.detail()).contains(texts);
                });
    }

    private static TrainParameters parameters(ObjectNode teacher) {
        ObjectNode json = Json.MAPPER.createObjectNode().put("steps", 3);
        json.putObject("recipe").put("batch", 8);
        json.set("teacher", teacher);
        return Parameters.read(json, TrainParameters.class);
    }

    private List<Problem> check(String network, String weights) {
        TrainParameters parameters = parameters(teacher(network, weights));
        List<Problem> problems = new TrainEvaluator().check(parameters, files.artifacts());
        return problems.isEmpty() ? new TrainEvaluator().check(parameters, SPACE, files.artifacts()) : problems;
    }

    @Test
    void pinsWhatIsGood() throws IOException {
        assertThat(check("good", "good-weights")).isEmpty();
        assertThat(read(teacher("good", "good-weights")))
                .isInstanceOfSatisfying(
                        Result.Accepted.class,
                        accepted -> assertThat(accepted.document().training().teacher())
                                .isNotNull()
                                .satisfies(pinned -> {
                                    assertThat(pinned.network()).matches("good@[0-9a-f]{64}");
                                    assertThat(pinned.weights()).matches("good-weights@[0-9a-f]{64}");
                                    assertThat(pinned.temperature()).isEqualTo(4);
                                    assertThat(pinned.lossWeight()).isEqualTo(0.9);
                                }));
        TrainParameters before =
                new TrainEvaluator().pin(parameters(teacher("good", "good-weights")), files.artifacts());
        files.add("good", Networks.small(10), 2);
        assertThat(new TrainEvaluator().check(before, SPACE, files.artifacts()))
                .as("the name has moved on, the content has not")
                .isEmpty();
    }

    @Test
    void namesTheFileThatIsNone() {
        assertRefused("nobody", "good-weights", "network", "'nobody'", "--data nobody=FILE", "good");
        assertRefused("good", "nobody", "weights", "'nobody'", "--data nobody=FILE");
        assertRefused("prose", "good-weights", "network", "'prose' is no network: it is no JSON, line 1");
        assertRefused("empty", "good-weights", "network", "'empty': /nodes must be an array of 1 to");
        assertRefused("layers", "good-weights", "network", "'layers'", "nonsense");
        assertRefused("good-weights", "good-weights", "network", "'good-weights' is no network");
        assertRefused("good", "good", "weights", "'good': not a safetensors file");
        assertThat(problems(teacher("nobody", "nothing")))
                .extracting(Problem::pointer)
                .containsExactly("/training/teacher/network", "/training/teacher/weights");
    }

    @Test
    void namesTheTensorThatDoesNotFit() throws IOException {
        assertRefused("good", "ten-weights", "weights", "tensor 'classifier.weight' must have the shape [12, 16]");
        assertRefused("good", "large-weights", "weights", "unknown tensor 'convolution16.weight'");
        byte[] numbers = Files.readAllBytes(directory.resolve("good-weights"));
        ByteBuffer.wrap(numbers).putInt(numbers.length - 4, -1);
        files.file("infinite", Files.write(directory.resolve("infinite"), numbers));
        assertRefused("good", "infinite", "weights", "tensor 'second.norm.variance' must have finite numbers, not NaN");
        files.file("cut", Files.write(directory.resolve("cut"), Arrays.copyOf(numbers, numbers.length - 4)));
        assertRefused("good", "cut", "weights", "tensor 'second.norm.variance' does not lie within the file");
    }

    @Test
    void saysWhatItTellsApartAndSees() {
        assertRefused("ten", "ten-weights", "network", "10 classes", "'glyphs' has 12");
        assertRefused("large", "large-weights", "network", "the teacher takes 3x32x32 images, its student 3x16x16");
    }

    @Test
    void boundsWhatCounts() {
        ObjectNode wild = teacher("good", "good-weights").put("temperature", 0).put("loss_weight", 2);
        assertThat(problems(wild.put("hardness", 1)))
                .extracting(Problem::pointer)
                .containsExactlyInAnyOrder(
                        "/training/teacher/temperature", "/training/teacher/loss_weight", "/training/teacher/hardness");
        assertThat(problems(Json.MAPPER.createObjectNode()))
                .extracting(Problem::pointer)
                .containsExactly("/training/teacher/network", "/training/teacher/weights");
    }

    @Test
    void teachesTheCandidatesOfASearchAndCountsItsWork() {
        Genome genome = Genome.parse("3.3.3.1.3.2");
        Evaluated alone = evaluate(parameters(null), genome);
        Evaluated taught = evaluate(parameters(teacher("good", "good-weights")), genome);
        assertThat(taught).isEqualTo(evaluate(parameters(teacher("good", "good-weights")), genome));
        assertThat(taught.values().get("validation_loss"))
                .isNotEqualTo(alone.values().get("validation_loss"));
        assertThat(taught.cost() - alone.cost())
                .isEqualTo(NetworkCost.of(Networks.small(12)).macs() * 3.0 * 8);
    }

    private Evaluated evaluate(TrainParameters parameters, Genome genome) {
        Resources resources = new Resources(files.artifacts(), 1L << 28);
        try (Evaluation evaluation =
                new TrainEvaluator().open(parameters, SPACE, Set.of("validation_loss", "accuracy"), resources)) {
            return evaluation.evaluate(genome, SPACE.decode(genome), 3);
        }
    }
}
