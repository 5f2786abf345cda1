package io.phyla.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.evaluators.artifacts.FileArtifacts;
import io.phyla.search.document.DocumentReader;
import io.phyla.spaces.schema.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The search documents that come with the program are accepted as they are. */
class ReadyDocumentsTest {

    @ParameterizedTest
    @ValueSource(strings = {"nb201-proxies", "evonorm-quick", "evonorm", "evonorm-paper", "activation"})
    void areAccepted(String name, @TempDir Path directory) throws IOException {
        try (InputStream document =
                Objects.requireNonNull(getClass().getResourceAsStream("/examples/" + name + ".json"), name)) {
            assertThat(DocumentReader.read(Json.MAPPER.readTree(document), new FileArtifacts(directory)))
                    .isInstanceOf(DocumentReader.Result.Accepted.class);
        }
    }
}
