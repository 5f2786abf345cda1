package io.phyla.search.candidate;

import java.util.List;

/**
 * Where a genome came from.
 *
 * @param operator what made it: {@code random}, {@code mutation}, {@code crossover}, {@code crossover+mutation},
 *     {@value #KNOWN}, with {@code +repair} where constraints changed it afterwards
 * @param parents candidate numbers, none, one or two
 * @param changes decisions that differ from the first parent, by index
 */
public record Origin(String operator, List<Long> parents, List<Change> changes) {

    /** The document names it: drawing again gives the same. */
    public static final String KNOWN = "known";

    /** A decision's option in the first parent and in the child. */
    public record Change(int decision, int from, int to) {}

    public Origin {
        parents = List.copyOf(parents);
        changes = List.copyOf(changes);
        if (parents.size() > 2) {
            throw new IllegalArgumentException("a candidate has at most two parents, not " + parents.size());
        }
    }
}
