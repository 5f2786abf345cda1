package io.phyla.spaces.template;

import java.util.List;

/** How often a sequence may be repeated. */
final class Counts {

    static final Member MEMBER =
            new Member("repeat", int.class, 0, Limits.REPETITIONS, List.of(), null, "How many repetitions.");

    private Counts() {}
}
