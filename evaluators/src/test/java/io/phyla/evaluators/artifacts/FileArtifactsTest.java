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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileArtifactsTest {

    /** Of the three bytes "abc" (FIPS 180-2, appendix B.1). */
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @TempDir
    Path directory;

    private Path source;
    private FileArtifacts artifacts;

    @BeforeEach
    void write() throws IOException {
        source = Files.writeString(directory.resolve("source"), "abc");
        artifacts = new FileArtifacts(directory.resolve("artifacts"));
    }

    private String content(String reference) throws IOException {
        Artifact found = artifacts.find(reference).orElseThrow();
        return Files.readString(artifacts.open(found.sha256()).orElseThrow());
    }

    @Test
    void keepsContentUnderItsHash() throws IOException {
        assertThat(artifacts.register("data", source)).isEqualTo(new Artifact("data", ABC, 3));
        Files.delete(source);
        assertThat(content("data")).isEqualTo("abc");
        assertThat(new FileArtifacts(directory.resolve("artifacts")).registered())
                .containsExactly(new Artifact("data", ABC, 3));
    }

    @Test
    void aPinnedNameStaysWithItsContentWhenTheNameMovesOn() throws IOException {
        artifacts.register("data", source);
        String pinned = artifacts.pinned("data");
        assertThat(pinned).isEqualTo("data@" + ABC);
        artifacts.register("data", Files.writeString(directory.resolve("other"), "something else"));
        assertThat(content("data")).isEqualTo("something else");
        assertThat(content(pinned)).isEqualTo("abc");
        assertThat(artifacts.pinned(pinned)).isEqualTo(pinned);
        try (var files = Files.list(directory.resolve("artifacts"))) {
            assertThat(files).as("two contents and the names").hasSize(3);
        }
    }

    @Test
    void anOverwrittenSourceIsReadAgainAndAnUnchangedOneIsNot() throws IOException {
        Artifact first = artifacts.register("data", source);
        Files.writeString(source, "something longer");
        assertThat(artifacts.open(first.sha256()).orElseThrow()).hasContent("abc");
        Artifact second = artifacts.register("data", source);
        assertThat(content("data")).isEqualTo("something longer");
        assertThat(artifacts.register("data", source)).isEqualTo(second);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data",
                "data@",
                "data@../artifacts/names.json",
                "data@0000000000000000000000000000000000000000000000000000000000000000"
            })
    void findsNothingUnderWhatIsNotThere(String reference) {
        assertThat(artifacts.find(reference)).isEmpty();
        assertThat(artifacts.pinned(reference)).isEqualTo(reference);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Upper", "a/b", "a@b", "../up"})
    void refusesNamesThatAreNotNames(String name) {
        assertThatThrownBy(() -> artifacts.register(name, source)).hasMessageContaining("'" + name + "'");
    }

    @Test
    void saysWhichFileIsMissing() {
        Path missing = directory.resolve("missing");
        assertThatThrownBy(() -> artifacts.register("data", missing)).hasMessageContaining(missing.toString());
    }
}
