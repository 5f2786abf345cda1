package io.phyla.storage.upload;

import java.util.Locale;
import java.util.Set;

/**
 * One uploaded content.
 *
 * @param id SHA-256 of the content, hexadecimal
 * @param name for people, and for documents where the kind is used by name
 * @param bytes of the content
 * @param createdAt milliseconds since the epoch
 * @param description what was found in it, as JSON
 * @param contents SHA-256 of every file it needs: its own, and those that were made of it
 */
public record Upload(
        Kind kind, String id, String name, long bytes, long createdAt, String description, Set<String> contents) {

    /** What it is. */
    public enum Kind {
        MODEL,
        DATA,
        SPACE;

        /** As rows and paths have it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Upload {
        contents = Set.copyOf(contents);
    }

    /** What a kind takes up. */
    public record Usage(long count, long bytes) {}
}
