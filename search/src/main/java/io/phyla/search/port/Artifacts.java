package io.phyla.search.port;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Content-addressed files (data sets, tables, weights, uploads), readable by a worker process without the database. A
 * name registered by the operator ({@code --data cifar10=FILE}) points to the hash of its content, and may point to
 * another one tomorrow; {@code cifar10@SHA256} means the same content for ever, and is what a search writes down.
 */
public interface Artifacts {

    /** A registered file. */
    record Artifact(String name, String sha256, long bytes) {

        /** Name and hash: what {@link #find} finds again even when the name has moved on. */
        public String reference() {
            return name + '@' + sha256;
        }
    }

    /** All registered names. */
    List<Artifact> registered();

    /**
     * What a name, or a name with a hash, stands for.
     *
     * @param reference {@code NAME} or {@code NAME@SHA256}
     */
    Optional<Artifact> find(String reference);

    /** The name in a reference. */
    static String name(String reference) {
        int at = reference.indexOf('@');
        return at < 0 ? reference : reference.substring(0, at);
    }

    /** The reference with its hash; unchanged if there is no such content. */
    default String pinned(String reference) {
        return find(reference).map(Artifact::reference).orElse(reference);
    }

    /** The content's file, to be read only; empty if there is no such content. */
    Optional<Path> open(String sha256);
}
