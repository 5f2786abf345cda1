package io.phyla.runs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.evaluators.artifacts.FileArtifacts;
import io.phyla.search.document.DocumentReader;
import io.phyla.spaces.schema.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every search document that comes along is right as it is. */
class ReadyDocumentsTest {

    static List<Path> documents() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(""))) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void nothingIsWrongInIt(Path file, @TempDir Path directory) throws IOException {
        JsonNode document = Json.MAPPER.readTree(Files.readString(file));
        assertThat(DocumentReader.read(document, new FileArtifacts(directory)))
                .as(file.toString())
                .isInstanceOf(DocumentReader.Result.Accepted.class);
    }
}
