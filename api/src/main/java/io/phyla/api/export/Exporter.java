package io.phyla.api.export;

import java.io.IOException;
import java.io.OutputStream;

/** A file format for candidates, found by {@link java.util.ServiceLoader}. */
public interface Exporter {

    /** The name a request asks for it by: lower case letters, digits and hyphens. */
    String name();

    String description();

    String mediaType();

    /** File name extension without the dot. */
    String extension();

    /**
     * Writes the whole file.
     *
     * @throws IllegalArgumentException if this candidate cannot be written in this format, saying why
     */
    void write(Specimen specimen, OutputStream out) throws IOException;
}
