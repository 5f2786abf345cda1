package io.phyla.search.port;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Content-addressed files (data sets, tables, weights, uploads), readable by a worker process without the database. A
 * name registered by the operator ({@code --data cifar10=FILE}) points to the hash of its content.
 */
public interface Artifacts {

    /** A registered file. */
    record Artifact(String name, String sha256, long bytes) {}

    /** All registered names. */
    List<Artifact> registered();

    Optional<Artifact> find(String name);

    /** The content's file, to be read only; empty if there is no such content. */
    Optional<Path> open(String sha256);
}
