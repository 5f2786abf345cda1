package io.phyla.spaces.template;

import io.phyla.spaces.design.Network;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a part of a document can refer to, and what it did refer to.
 *
 * @param block the block whose text is read; null outside of blocks
 * @param parameters the block's, with their defaults
 */
record Lexicon(
        Map<String, Template.Shared> decisions,
        Map<String, Map<String, @Nullable Value>> blocks,
        Map<String, Network> models,
        @Nullable String block,
        Map<String, @Nullable Value> parameters,
        Uses uses) {

    /** What was referred to. */
    static final class Uses {
        final Set<String> decisions = new HashSet<>();
        final Set<String> models = new HashSet<>();
        final Set<String> parameters = new HashSet<>();
        final List<BlockUse> blocks = new ArrayList<>();
    }

    /** A block's use inside another, or outside of all if {@code in} is null. */
    record BlockUse(@Nullable String in, Spot at, String block) {}

    Lexicon in(String name, Map<String, @Nullable Value> itsParameters) {
        return new Lexicon(decisions, blocks, models, name, itsParameters, uses);
    }

    /** The names that {@code inputs} can give, innermost first. */
    static final class Names {
        private final Set<String> own = new HashSet<>();
        private final @Nullable Names outer;

        Names(@Nullable Names outer) {
            this.outer = outer;
        }

        boolean add(String name) {
            return own.add(name);
        }

        boolean knows(String name) {
            return own.contains(name) || outer != null && outer.knows(name);
        }

        Set<String> all() {
            Set<String> all = outer == null ? new TreeSet<>() : outer.all();
            all.addAll(own);
            return all;
        }
    }
}
