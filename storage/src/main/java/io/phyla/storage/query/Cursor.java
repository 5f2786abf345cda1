package io.phyla.storage.query;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A place in a list as an opaque text: the key of the last item before it. */
public final class Cursor {

    private Cursor() {}

    /** The text is not one of our cursors. */
    public static final class Invalid extends RuntimeException {
        private static final long serialVersionUID = 1;

        Invalid() {
            super("this cursor was not made here; leave it out to start from the first page");
        }
    }

    /**
     * A place in a list of newest first.
     *
     * @param row tells those of one moment apart
     */
    public record Newest(long createdAt, long row) {

        public String write() {
            return Cursor.write(createdAt, row);
        }
    }

    /** @param cursor null for the first page */
    public static Newest newest(@Nullable String cursor) {
        if (cursor == null) {
            return new Newest(Long.MAX_VALUE, Integer.MAX_VALUE);
        }
        String[] parts = read(cursor, 2);
        return new Newest(number(parts[0]), number(parts[1]));
    }

    static String write(Object... parts) {
        String joined =
                String.join("|", List.of(parts).stream().map(String::valueOf).toList());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(joined.getBytes(StandardCharsets.UTF_8));
    }

    static String[] read(String cursor, int parts) {
        try {
            String[] read = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split("\\|");
            if (read.length == parts) {
                return read;
            }
        } catch (IllegalArgumentException e) {
            throw new Invalid();
        }
        throw new Invalid();
    }

    static long number(String part) {
        try {
            return Long.parseLong(part);
        } catch (NumberFormatException e) {
            throw new Invalid();
        }
    }

    static double value(String part) {
        try {
            return Double.parseDouble(part);
        } catch (NumberFormatException e) {
            throw new Invalid();
        }
    }
}
