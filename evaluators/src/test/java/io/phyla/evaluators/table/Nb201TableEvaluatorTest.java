package io.phyla.evaluators.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.phyla.evaluators.artifacts.FileArtifacts;
import io.phyla.evaluators.data.InvalidDataException;
import io.phyla.evaluators.table.Nb201TableEvaluator.Parameters;
import io.phyla.search.metric.Evaluation;
import io.phyla.search.metric.Resources;
import io.phyla.spaces.Genome;
import io.phyla.spaces.nb201.CellString;
import io.phyla.spaces.nb201.Nb201Parameters;
import io.phyla.spaces.nb201.Nb201Space;
import io.phyla.spaces.schema.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Nb201TableEvaluatorTest {

    private static final String CELL =
            "|nor_conv_3x3~0|+|skip_connect~0|nor_conv_1x1~1|+|avg_pool_3x3~0|none~1|nor_conv_3x3~2|";
    private static final String HEADER = "arch_id,arch_str,c10_valid12_train_cost_s,c10_val_12,c10_test_200\n";
    private static final String METRIC = "nb201_c10_valid_12";
    private static final Nb201Space SPACE = new Nb201Space(new Nb201Parameters(4, 1, 10, 8));

    @TempDir
    Path directory;

    private FileArtifacts artifacts;

    @BeforeEach
    void prepare() {
        artifacts = new FileArtifacts(directory.resolve("artifacts"));
    }

    private Parameters table(String content) throws IOException {
        artifacts.register("table", Files.writeString(directory.resolve("table.csv"), content));
        return new Parameters("table");
    }

    private List<Problem> check(Parameters parameters) {
        return new Nb201TableEvaluator().check(parameters, artifacts);
    }

    private Evaluation open(Parameters parameters, String metric) {
        return new Nb201TableEvaluator().open(parameters, SPACE, Set.of(metric), new Resources(artifacts, 1));
    }

    @Test
    void looksUpValueAndCost() throws IOException {
        Parameters parameters = table(HEADER + "0," + CELL + ",1000.5,80.25,93\n");
        assertThat(check(parameters)).isEmpty();
        Genome genome = CellString.parse(CELL);
        Genome missing = Genome.of(0, 0, 0, 0, 0, 0);
        try (Evaluation evaluation = open(parameters, METRIC)) {
            Evaluation.Evaluated found = evaluation.evaluate(genome, SPACE.decode(genome), 1);
            assertThat(found.values()).containsOnlyKeys(METRIC).containsEntry(METRIC, 80.25);
            assertThat(found.cost()).isEqualTo(1000.5);
            assertThat(evaluation.evaluate(missing, SPACE.decode(missing), 1).values())
                    .containsEntry(METRIC, Double.NaN);
        }
    }

    @Test
    void refusesBeforeAnySearchWhatIsNoTable() throws IOException {
        assertProblem(new Parameters("table"), "no table 'table'", "--data table=FILE");
        assertProblem(table(""), "names no column 'arch_str'");
        assertProblem(table("arch_str,c10_val_12\n"), "names no column 'c10_valid12_train_cost_s'");
        assertProblem(table(HEADER + "0," + CELL + ",1000.5,80,93\n1,|nonsense|,1,2,3\n"), "line 3");
        assertProblem(table(HEADER + "0," + CELL + ",fast,80,93\n"), "line 2", "fast");
        assertProblem(table(HEADER + "0," + CELL + "\n"), "line 2");
        artifacts.register("images", Files.write(directory.resolve("images.bin"), pixels()));
        assertProblem(new Parameters("images"), "'images' is no text and so no table");
    }

    /** Bytes that no text has. */
    private static byte[] pixels() {
        byte[] pixels = new byte[3073];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i % 256);
        }
        return pixels;
    }

    private void assertProblem(Parameters parameters, String... reasons) {
        assertThat(check(parameters)).singleElement().satisfies(problem -> {
            assertThat(problem.pointer()).isEqualTo("/table");
            assertThat(problem.detail()).contains(reasons);
        });
    }

    @Test
    void aWantedColumnMustBeThere() throws IOException {
        Parameters parameters = table(HEADER);
        assertThatThrownBy(() -> open(parameters, "nb201_in16_test_200"))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("in16_test_200");
    }
}
