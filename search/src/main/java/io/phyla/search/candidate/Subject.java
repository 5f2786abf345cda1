package io.phyla.search.candidate;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is evaluated again at the end of a search: one of its candidates, or a yardstick of its space.
 *
 * @param name what people call it, unique within a search
 * @param candidate the candidate's number; null for a yardstick, which is known by its name
 */
public record Subject(String name, @Nullable Long candidate) {

    public static Subject candidate(long number) {
        return new Subject("candidate " + number, number);
    }

    public static Subject yardstick(String name) {
        return new Subject(name, null);
    }

    public boolean isYardstick() {
        return candidate == null;
    }

    /** @throws NullPointerException if it is a yardstick */
    public long number() {
        return Objects.requireNonNull(candidate, name);
    }
}
