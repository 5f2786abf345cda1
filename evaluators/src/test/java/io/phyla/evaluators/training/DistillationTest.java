package io.phyla.evaluators.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.evaluators.data.Dataset;
import io.phyla.evaluators.data.Dataset.Split;
import io.phyla.evaluators.data.InvalidDataException;
import io.phyla.evaluators.data.Moments;
import io.phyla.evaluators.data.stream.BatchStream;
import io.phyla.evaluators.data.stream.ImageBatch;
import io.phyla.evaluators.engine.Execution.Mode;
import io.phyla.evaluators.engine.MemoryLimitException;
import io.phyla.evaluators.engine.Plan;
import io.phyla.evaluators.training.loss.CrossEntropy;
import io.phyla.evaluators.training.loss.CrossEntropy.Distillation;
import io.phyla.evaluators.training.loss.Targets;
import io.phyla.evaluators.weights.SafeTensors;
import io.phyla.evaluators.weights.TensorName;
import io.phyla.evaluators.weights.Weights;
import io.phyla.search.document.Parameters;
import io.phyla.search.training.CurvePoint;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.schema.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training with a teacher, which is a network that was trained here. */
class DistillationTest {

    private static final long BYTES = 1L << 28;
    private static final Network STUDENT = Networks.small(12);
    private static final Network TEACHER = Networks.dropping(12);
    private static final FewGlyphs FEW = new FewGlyphs(800, 90);

    /** Everything that changes between steps and everything that changes images. */
    private static final String EVERYTHING = """
        {"steps": 60, "curve_steps": 7, "recipe": {"batch": 20, "optimizer": "adam", "learning_rate": 0.01,
         "label_smoothing": 0.1, "clip_norm": 1, "ema": 0.9, "recalibration_batches": 2,
         "augmentation": {"crop": 2, "flip": true, "cutout": 4, "mixup": 0.4}},
         "teacher": {"network": "teacher", "weights": "trained", "temperature": 3, "loss_weight": 0.6}}\
        """;

    @TempDir
    Path directory;

    private TeacherFiles files;

    @BeforeEach
    void trainTheTeacher() throws IOException {
        files = TeacherFiles.in(directory).add("teacher", TEACHER, 5);
        TrainingParameters parameters = parameters("""
            {"steps": 60, "curve_steps": 60, "seed": 9, "recipe": {"batch": 20, "optimizer": "adam", "learning_rate": 0.02}}\
            """);
        Path trained = directory.resolve("trained");
        try (Trainer trainer = Trainer.open(TEACHER, parameters, FEW, BYTES)) {
            trainer.advance();
            trainer.exportWeights(trained);
        }
        files.file("trained", trained);
    }

    private static TrainingParameters parameters(String json) throws IOException {
        return Parameters.read(Json.MAPPER.readTree(json), TrainingParameters.class);
    }

    private Trainer open(TrainingParameters parameters, Dataset data) {
        return Trainer.open(STUDENT, parameters, data, files.open(parameters), BYTES);
    }

    private static List<CurvePoint> train(Trainer trainer) {
        List<CurvePoint> curve = new ArrayList<>();
        while (!trainer.done()) {
            curve.add(trainer.advance());
        }
        return curve;
    }

    private Path weights(Trainer trainer, String name) throws IOException {
        Path file = directory.resolve(name);
        trainer.exportWeights(file);
        return file;
    }

    /** One plain step: what the loss says about both networks' logits on the same mixed images, times the rate. */
    @Test
    void aStepIsTheLossOnBothNetworksOutputs() throws IOException {
        TrainingParameters parameters = parameters("""
            {"steps": 1, "recipe": {"batch": 20, "learning_rate": 0.5, "momentum": 0, "weight_decay": 0,
             "schedule": "constant", "label_smoothing": 0.1, "augmentation": {"crop": 2, "flip": true, "mixup": 0.4}},
             "teacher": {"network": "teacher", "weights": "trained", "temperature": 3, "loss_weight": 0.6}}\
            """);
        Weights after;
        double loss;
        try (Trainer trainer = open(parameters, FEW)) {
            loss = trainer.advance().trainingLoss();
            after = SafeTensors.read(weights(trainer, "after"), STUDENT);
        }
        CrossEntropy expected = new CrossEntropy(12, 0.1, new Distillation(3, 0.6));
        try (Plan student = Plan.compile(STUDENT, 20, BYTES);
                Plan teacher = Plan.compile(TEACHER, 20, BYTES);
                BatchStream images =
                        BatchStream.training(FEW, 20, 16, parameters.recipe().augmentation(), parameters.seed(), 0)) {
            ImageBatch batch = Waiting.next(images).orElseThrow();
            Weights before = Weights.initial(STUDENT, parameters.seed());
            before.load(student);
            SafeTensors.read(directory.resolve("trained"), TEACHER).load(teacher);
            teacher.imagesSegment().copyFrom(batch.images());
            teacher.forward(Mode.INFERENCE);
            student.imagesSegment().copyFrom(batch.images());
            student.forward(Mode.TRAINING);
            expected.compute(
                    student.outputSegment(),
                    Targets.of(batch),
                    teacher.outputSegment(),
                    student.outputGradientSegment());
            student.backwardToParameters();
            assertThat(loss).isEqualTo(expected.loss());
            for (TensorName name : before.names()) {
                if (name.tensor().learned()) {
                    double[] gradient = student.gradient(name.tensor());
                    for (int i = 0; i < gradient.length; i++) {
                        assertThat((double) after.values(name)[i])
                                .as(name.name())
                                .isCloseTo(before.values(name)[i] - 0.5 * gradient[i], within(1e-6));
                    }
                }
            }
        }
    }

    /** With all of the loss the teacher's, labels count for nothing, and the student comes to say what the teacher says. */
    @Test
    void aStudentOfTheTeacherAloneComesNearIt() throws IOException {
        TrainingParameters parameters = parameters("""
            {"steps": 160, "curve_steps": 10, "recipe": {"batch": 40, "optimizer": "adam", "learning_rate": 0.02},
             "teacher": {"network": "teacher", "weights": "trained", "temperature": 2, "loss_weight": 1}}\
            """);
        try (Trainer student = open(parameters, FEW);
                Trainer misled = open(parameters, new Mislabelled(FEW))) {
            List<CurvePoint> curve = train(student);
            assertThat(curve.getLast().trainingLoss())
                    .isLessThan(curve.getFirst().trainingLoss() / 3);
            assertThat(train(misled))
                    .extracting(CurvePoint::trainingLoss)
                    .isEqualTo(curve.stream().map(CurvePoint::trainingLoss).toList());
            Path learned = weights(student, "student");
            assertThat(weights(misled, "misled")).hasSameBinaryContentAs(learned);
            int[] taught = named(TEACHER, SafeTensors.read(directory.resolve("trained"), TEACHER));
            assertThat(same(taught, named(STUDENT, Weights.initial(STUDENT, 1))))
                    .isLessThan(30);
            assertThat(same(taught, named(STUDENT, SafeTensors.read(learned, STUDENT))))
                    .isGreaterThan(60);
        }
    }

    /** The class that a network names for each of the 90 validation images. */
    private static int[] named(Network network, Weights weights) {
        try (Plan plan = Plan.compile(network, 90, BYTES);
                BatchStream images = BatchStream.evaluation(FEW, Split.VALIDATION, 90, 16)) {
            weights.load(plan);
            plan.imagesSegment().copyFrom(Waiting.next(images).orElseThrow().images());
            plan.forward(Mode.INFERENCE);
            double[] logits = plan.output();
            return IntStream.range(0, 90)
                    .map(image -> IntStream.range(0, 12)
                            .boxed()
                            .max(Comparator.comparingDouble(c -> logits[12 * image + c]))
                            .orElseThrow())
                    .toArray();
        }
    }

    private static long same(int[] some, int[] others) {
        return IntStream.range(0, some.length).filter(i -> some[i] == others[i]).count();
    }

    /** Every label is the next class's. */
    private record Mislabelled(Dataset right) implements Dataset {

        @Override
        public String name() {
            return "mislabelled";
        }

        @Override
        public int classes() {
            return right.classes();
        }

        @Override
        public int channels() {
            return right.channels();
        }

        @Override
        public int size() {
            return right.size();
        }

        @Override
        public int count(Split split) {
            return right.count(split);
        }

        @Override
        public int read(Split split, int index, byte[] target, int offset) {
            return (right.read(split, index, target, offset) + 1) % classes();
        }

        @Override
        public Moments moments() {
            return right.moments();
        }

        @Override
        public String sha256() {
            return "f".repeat(64);
        }
    }

    @Test
    void goesOnWhereItWasToTheBit() throws IOException {
        TrainingParameters parameters = parameters(EVERYTHING);
        Path checkpoint = directory.resolve("checkpoint");
        List<CurvePoint> expected;
        try (Trainer straight = open(parameters, FEW)) {
            expected = train(straight);
            weights(straight, "straight");
        }
        List<CurvePoint> curve = new ArrayList<>();
        try (Trainer first = open(parameters, FEW)) {
            curve.add(first.advance());
            curve.add(first.advance());
            first.save(checkpoint);
            first.advance();
        }
        try (Trainer second = open(parameters, FEW)) {
            second.advance();
            second.resume(checkpoint);
            curve.addAll(train(second));
            assertThat(curve).isEqualTo(expected);
            assertThat(weights(second, "resumed")).hasSameBinaryContentAs(directory.resolve("straight"));
        }
        ObjectNode alone = (ObjectNode) Json.MAPPER.readTree(EVERYTHING);
        alone.remove("teacher");
        try (Trainer other = Trainer.open(STUDENT, parameters(alone.toString()), FEW, BYTES)) {
            train(other);
            assertThat(Files.mismatch(directory.resolve("straight"), weights(other, "alone")))
                    .isNotEqualTo(-1);
        }
    }

    @Test
    void saysWhatDiffersFromTheCheckpointsTeacher() throws IOException {
        Path checkpoint = directory.resolve("checkpoint");
        try (Trainer trainer = open(parameters(EVERYTHING), FEW)) {
            trainer.advance();
            trainer.save(checkpoint);
        }
        ObjectNode json = (ObjectNode) Json.MAPPER.readTree(EVERYTHING);
        json.withObject("/teacher").put("temperature", 4);
        try (Trainer other = open(parameters(json.toString()), FEW)) {
            assertThatThrownBy(() -> other.resume(checkpoint))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContaining("parameters teacher temperature was 3.0 and is 4.0");
        }
        json.remove("teacher");
        try (Trainer other = Trainer.open(STUDENT, parameters(json.toString()), FEW, BYTES)) {
            assertThatThrownBy(() -> other.resume(checkpoint))
                    .hasMessageContaining("teacher was {\"network_sha256\"")
                    .hasMessageContaining("and is absent");
        }
        files.file("trained", directory.resolve("teacher-weights"));
        try (Trainer other = open(parameters(EVERYTHING), FEW)) {
            assertThatThrownBy(() -> other.resume(checkpoint)).hasMessageContaining("teacher weights_sha256 was");
        }
    }

    @Test
    void refusesATeacherThatDoesNotFit() throws IOException {
        TrainingParameters parameters = parameters(EVERYTHING);
        Teacher teacher = files.open(parameters);
        Network larger = Networks.glyphs();
        assertThatThrownBy(() -> Trainer.open(larger, parameters, FEW, teacher, BYTES))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage("the teacher takes 3x16x16 images, its student 3x32x32; both see the same ones");
        files.file("trained", Files.write(directory.resolve("cut"), new byte[] {1, 2, 3}));
        assertThatThrownBy(() -> open(parameters, FEW))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("'trained': not a safetensors file");
        assertThatThrownBy(() -> Trainer.open(STUDENT, parameters, FEW, BYTES))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Finite weights may say no finite number; that is no divergence of the student's, whatever part the teacher has. */
    @Test
    void namesATeacherThatSaysNoNumber() throws IOException {
        Weights huge = Weights.of(TEACHER, name -> {
            float[] values = new float[name.tensor().size()];
            Arrays.fill(values, name.name().startsWith("classifier") ? Float.MAX_VALUE : 1);
            return values;
        });
        Path file = directory.resolve("huge");
        try (OutputStream out = Files.newOutputStream(file)) {
            SafeTensors.write(huge, out);
        }
        files.file("trained", file);
        for (String part : List.of("0", "0.6", "1")) {
            TrainingParameters parameters = parameters(EVERYTHING.replace("0.6}", part + "}"));
            try (Trainer trainer = open(parameters, FEW)) {
                assertThatThrownBy(trainer::advance)
                        .isInstanceOf(InvalidDataException.class)
                        .hasMessageStartingWith("the teacher's output is Infinity with the weights 'trained'");
            }
        }
    }

    @Test
    void countsTheTeachersMemory() throws IOException {
        TrainingParameters parameters = parameters(EVERYTHING);
        Teacher teacher = files.open(parameters);
        ObjectNode json = (ObjectNode) Json.MAPPER.readTree(EVERYTHING);
        json.remove("teacher");
        TrainingParameters alone = parameters(json.toString());
        long enough = least(bytes -> Trainer.open(STUDENT, alone, FEW, bytes));
        long both = least(bytes -> Trainer.open(STUDENT, parameters, FEW, teacher, bytes));
        try (Plan plan = Plan.compileForInference(TEACHER, 20, BYTES)) {
            assertThat(both).isEqualTo(enough + plan.bytes());
        }
        assertThatThrownBy(() -> Trainer.open(STUDENT, parameters, FEW, teacher, enough))
                .isInstanceOf(MemoryLimitException.class)
                .hasMessageStartingWith("beside a teacher of ");
        assertThatThrownBy(() -> Trainer.open(STUDENT, parameters, FEW, teacher, 1000))
                .isInstanceOf(MemoryLimitException.class)
                .hasMessageStartingWith("the teacher does not fit: ");
    }

    /** Opens a trainer with so many bytes. */
    @FunctionalInterface
    private interface Opening {
        Trainer with(long bytes);
    }

    private static long least(Opening opening) {
        long low = 0;
        long high = BYTES;
        while (high - low > 1) {
            long middle = (low + high) / 2;
            try {
                opening.with(middle).close();
                high = middle;
            } catch (MemoryLimitException e) {
                low = middle;
            }
        }
        return high;
    }
}
