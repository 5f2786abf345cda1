package io.phyla.evaluators.data.format;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.phyla.evaluators.artifacts.FileArtifacts;
import io.phyla.evaluators.data.Dataset;
import io.phyla.evaluators.data.DatasetContract;
import io.phyla.evaluators.data.Datasets;
import io.phyla.evaluators.data.InvalidDataException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The way data goes in the program: a file or directory is registered, a worker opens it by its hash. */
final class Registered {

    private Registered() {}

    private static FileArtifacts artifacts(Path path) throws IOException {
        FileArtifacts artifacts = new FileArtifacts(path.resolveSibling(path.getFileName() + "-artifacts"));
        artifacts.register("data", path);
        return artifacts;
    }

    static Dataset open(Path path) throws IOException {
        FileArtifacts artifacts = artifacts(path);
        Dataset data = Datasets.open(Datasets.pinned("data", artifacts), artifacts);
        DatasetContract.check(data);
        return data;
    }

    static Datasets.Form form(Path path) throws IOException {
        return Datasets.form("data", artifacts(path));
    }

    /** Both the check at submission and the reader in the worker say so. */
    static void assertRefused(Path path, String... reasons) {
        assertThatThrownBy(() -> form(path))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContainingAll(reasons)
                .hasMessageContaining("'data'");
        assertThatThrownBy(() -> open(path))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContainingAll(reasons);
    }

    static Path zip(Path file, Map<String, byte[]> entries) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue());
            }
        }
        return file;
    }

    static Path directory(Path root, Map<String, byte[]> files) throws IOException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = root.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            try (OutputStream out = Files.newOutputStream(path)) {
                out.write(file.getValue());
            }
        }
        return root;
    }
}
