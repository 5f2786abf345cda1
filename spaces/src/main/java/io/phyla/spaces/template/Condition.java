package io.phyla.spaces.template;

import java.util.List;
import java.util.Set;

/**
 * When a part of the template exists: while each of these decisions takes one of these options. No entry follows from another.
 */
record Condition(List<Term> terms) {

    static final Condition ALWAYS = new Condition(List.of());

    /** One decision's options. */
    record Term(int decision, Set<Integer> options) {}
}
