package io.phyla.evaluators.artifacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.phyla.search.port.Artifacts.Artifact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileArtifactsTest {

    private static final String SHA256_OF_ONE = "7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed";

    @TempDir
    Path directory;

    private Path source;
    private FileArtifacts artifacts;

    @BeforeEach
    void prepare() throws IOException {
        source = Files.writeString(directory.resolve("source"), "one");
        artifacts = new FileArtifacts(directory.resolve("artifacts"));
    }

    @Test
    void namesPointToContent() throws IOException {
        assertThat(artifacts.registered()).isEmpty();
        Artifact artifact = artifacts.register("data", source);
        assertThat(artifact).isEqualTo(new Artifact("data", SHA256_OF_ONE, 3));
        FileArtifacts reader = new FileArtifacts(directory.resolve("artifacts"));
        assertThat(reader.find("data")).contains(artifact);
        assertThat(reader.find("other")).isEmpty();
        assertThat(reader.open(artifact.sha256()).orElseThrow()).hasContent("one");
        assertThat(reader.open("0".repeat(64))).isEmpty();
        assertThat(reader.open("../names.json")).isEmpty();
    }

    @Test
    void whatWasRegisteredStaysWhenTheSourceChanges() throws IOException {
        Artifact first = artifacts.register("data", source);
        Files.writeString(source, "two, which is longer");
        assertThat(artifacts.open(first.sha256()).orElseThrow()).hasContent("one");
        Artifact second = artifacts.register("data", source);
        assertThat(second.sha256()).isNotEqualTo(first.sha256());
        assertThat(artifacts.open(first.sha256()).orElseThrow()).hasContent("one");
        assertThat(artifacts.open(second.sha256()).orElseThrow()).hasContent("two, which is longer");
        assertThat(artifacts.register("data", source)).isEqualTo(second);
        try (var files = Files.list(directory.resolve("artifacts"))) {
            assertThat(files).as("two contents and the names").hasSize(3);
        }
    }

    @Test
    void refusesNamesAndFilesThatCannotBe() {
        for (String name : new String[] {"", "Data", "a/b", "..", "a".repeat(101)}) {
            assertThatThrownBy(() -> artifacts.register(name, source))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'" + name + "'");
        }
        assertThatThrownBy(() -> artifacts.register("data", directory.resolve("missing")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("missing");
    }
}
