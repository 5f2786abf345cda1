package io.phyla.api.problem;

import io.phyla.spaces.schema.Problem;
import org.jspecify.annotations.Nullable;

/**
 * One of the things wrong with a request; at most one of pointer, parameter and part is there.
 *
 * @param pointer JSON Pointer into the body
 * @param parameter name in path, query or headers
 * @param part of an uploaded file: a model's node, an archive's entry
 * @param detail what is wrong and what would be right
 */
public record Mistake(@Nullable String pointer, @Nullable String parameter, @Nullable String part, String detail) {

    public static Mistake in(Problem problem) {
        return new Mistake(problem.pointer(), null, null, problem.detail());
    }

    public static Mistake at(String pointer, String detail) {
        return new Mistake(pointer, null, null, detail);
    }

    public static Mistake of(String parameter, String detail) {
        return new Mistake(null, parameter, null, detail);
    }

    /** @param part empty if it is the whole file */
    public static Mistake inFile(String part, String detail) {
        return new Mistake(null, null, part.isEmpty() ? null : part, detail);
    }
}
