package io.phyla.api.problem;

import io.phyla.spaces.schema.Problem;
import org.jspecify.annotations.Nullable;

/**
 * One of the things wrong with a request; exactly one of pointer and parameter is there.
 *
 * @param pointer JSON Pointer into the body
 * @param parameter name in path, query or headers
 * @param detail what is wrong and what would be right
 */
public record Mistake(@Nullable String pointer, @Nullable String parameter, String detail) {

    public static Mistake in(Problem problem) {
        return new Mistake(problem.pointer(), null, problem.detail());
    }

    public static Mistake at(String pointer, String detail) {
        return new Mistake(pointer, null, detail);
    }

    public static Mistake of(String parameter, String detail) {
        return new Mistake(null, parameter, detail);
    }
}
