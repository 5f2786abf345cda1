package io.phyla.evaluators.artifacts;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** What an operator registers: something with content that may have changed since the last time. */
sealed interface Source permits Source.OneFile, Directory {

    /** Looks what a path is. */
    static Source of(Path path) throws IOException {
        return Files.isDirectory(path) ? Directory.list(path) : new OneFile(path);
    }

    /** Changes with the content as far as can be told without reading it. */
    long stamp() throws IOException;

    void write(OutputStream out) throws IOException;

    /** A file is its own content. */
    record OneFile(Path path) implements Source {

        @Override
        public long stamp() throws IOException {
            return 31 * Files.getLastModifiedTime(path).toMillis() + Files.size(path);
        }

        @Override
        public void write(OutputStream out) throws IOException {
            Files.copy(path, out);
        }
    }
}
