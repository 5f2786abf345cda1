package io.phyla.evaluators.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.phyla.evaluators.OwnProcess;
import io.phyla.evaluators.data.Glyphs;
import io.phyla.evaluators.engine.MemoryLimitException;
import io.phyla.evaluators.engine.Plan;
import io.phyla.search.document.Parameters;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.schema.Json;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What steps of training leave on the heap, and what is counted before any memory is taken. */
class StepMemoryTest {

    private static final Network NETWORK = Networks.small(12);
    private static final int STEPS = 200;

    /** Vectors are objects until the loop over them is compiled for good, which is nobody's to say when. */
    private static final int MOST_ROUNDS = 60;

    /** The progress, a step's constants, a stream's optional: hundreds of bytes; one image would be twelve thousand. */
    private static final long MOST_PER_STEP = 4000;

    private static TrainingParameters parameters(String optimizer) throws IOException {
        return parameters(optimizer, "");
    }

    /** @param more members behind the recipe */
    private static TrainingParameters parameters(String optimizer, String more) throws IOException {
        String json = """
            {"steps": 1000000, "recipe": {"batch": 16, "optimizer": "%s", "learning_rate": 0.001, "clip_norm": 1,
             "ema": 0.99, "label_smoothing": 0.1}%s}\
            """.formatted(optimizer, more);
        return Parameters.read(Json.MAPPER.readTree(json), TrainingParameters.class);
    }

    @Test
    void aStepAllocatesNextToNothing(@TempDir Path directory) throws Exception {
        for (String bytes :
                OwnProcess.lastLine(Measured.class, directory.toString()).split(" ")) {
            assertThat(Long.parseLong(bytes)).isLessThanOrEqualTo(MOST_PER_STEP);
        }
    }

    /** Prints the bytes that a step allocates with each optimiser, and with a teacher whose files stand in the directory given. */
    static final class Measured {
        public static void main(String[] args) throws IOException {
            List<String> bytes = new ArrayList<>();
            for (String optimizer : List.of("sgd", "adamw", "rmsprop")) {
                bytes.add(String.valueOf(perStep(parameters(optimizer), null)));
            }
            TrainingParameters taught = parameters("adam", """
                , "teacher": {"network": "teacher", "weights": "teacher-weights"}\
                """);
            TeacherFiles files = TeacherFiles.in(Path.of(args[0])).add("teacher", Networks.dropping(12), 1);
            bytes.add(String.valueOf(perStep(taught, files.open(taught))));
            System.out.println(String.join(" ", bytes));
        }
    }

    private static long perStep(TrainingParameters parameters, @Nullable Teacher teacher) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (Trainer trainer = Trainer.open(NETWORK, parameters, Glyphs.instance(), teacher, 1L << 28)) {
            trainer.trainTo(STEPS);
            long least = Long.MAX_VALUE;
            for (int round = 2; round < MOST_ROUNDS && least > MOST_PER_STEP; round++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                trainer.trainTo((long) round * STEPS);
                least = Math.min(least, (threads.getCurrentThreadAllocatedBytes() - before) / STEPS);
            }
            return least;
        }
    }

    /** What the plan takes is known; a bound just above it leaves no room for the optimiser's and the stream's. */
    @ParameterizedTest
    @ValueSource(strings = {"sgd", "adamw"})
    void countsWhatIsBesideThePlan(String optimizer) throws IOException {
        TrainingParameters parameters = parameters(optimizer);
        long plan = Plan.bytes(NETWORK, 16);
        assertThatThrownBy(() -> Trainer.open(NETWORK, parameters, Glyphs.instance(), plan + 1024))
                .isInstanceOf(MemoryLimitException.class);
    }
}
