package io.phyla.evaluators.artifacts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where contents stand until they are whole, checked and taken into the store: one directory for each, beside the store and in
 * its file system. What is there at start is of a process that died.
 */
public final class Incoming {

    private final Path directory;

    /** Removes what an earlier process left. */
    public Incoming(FileArtifacts artifacts) throws IOException {
        directory = artifacts.directory().resolve("incoming");
        remove(directory);
        Files.createDirectories(directory);
    }

    /** A fresh directory, removed with everything in it when it is closed. */
    public Place open() throws IOException {
        return new Place(Files.createTempDirectory(directory, ""));
    }

    /** Bytes that can still be written. */
    public long room() throws IOException {
        return Files.getFileStore(directory).getUsableSpace();
    }

    /** One directory. */
    public record Place(Path directory) implements AutoCloseable {

        @Override
        public void close() {
            try {
                remove(directory);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void remove(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> found = Files.walk(root)) {
            List<Path> deepestFirst = found.sorted(Comparator.reverseOrder()).toList();
            for (Path each : deepestFirst) {
                Files.deleteIfExists(each);
            }
        }
    }
}
