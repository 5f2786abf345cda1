package io.phyla.api.export;

import java.io.IOException;
import java.io.OutputStream;

/**
 * A file format for networks, found by {@link java.util.ServiceLoader}. It writes any {@link Subject}: a candidate, a training,
 * whatever else has a network.
 *
 * @param <P> its options; their {@link io.phyla.spaces.schema.Param}s are what requests, forms and lists know about them, and
 *     every one has a default
 */
public interface Exporter<P extends Record> {

    /** The options of a format that has none. */
    record NoOptions() {}

    /** The name a request asks for it by: lower case letters, digits and hyphens. */
    String name();

    String description();

    String mediaType();

    /** File name extension without the dot. */
    String extension();

    Class<P> options();

    /** Whether the subject's weights are in the file. */
    boolean hasWeights();

    /** Whether only layers by themselves leave in this format, and networks do not. */
    default boolean layersOnly() {
        return false;
    }

    /** Whether there is such a file of this subject at all. */
    default boolean fits(Subject subject) {
        return !layersOnly() || subject.program().isPresent();
    }

    /**
     * Writes the whole file; the same bytes for the same subject and options. The stream stays open.
     *
     * @throws IllegalArgumentException before anything is written, if this subject cannot be written in this format, saying why
     */
    void write(Subject subject, P options, OutputStream out) throws IOException;
}
