package io.phyla.spaces.template;

import io.phyla.spaces.design.Layer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where an item is unrolled.
 *
 * @param path names from the outside in
 * @param condition when this place exists
 * @param parameters of the block
 * @param slots of the names that can be referred to
 * @param blame what messages point to instead of the text of a block that is built in
 * @param blocks how many blocks stand around
 * @param original the model's layer that is replaced here
 */
record Scope(
        String path,
        Condition condition,
        Map<String, Source> parameters,
        Slots slots,
        @Nullable String blame,
        int blocks,
        @Nullable Original original) {

    /** A layer of a model, and the slots of its inputs. */
    record Original(String name, Layer layer, List<Integer> inputs) {}

    /** Names and where their results are kept. */
    static final class Slots {
        private final Map<String, Integer> own = new HashMap<>();
        private final @Nullable Slots outer;

        Slots(@Nullable Slots outer) {
            this.outer = outer;
        }

        void put(String name, int slot) {
            own.put(name, slot);
        }

        int get(String name) {
            Integer slot = own.get(name);
            return slot == null ? Objects.requireNonNull(outer, name).get(name) : slot;
        }
    }

    String path(String name) {
        return path.isEmpty() ? name : path + '.' + name;
    }

    String pointer(String written) {
        return blame == null ? written : blame;
    }

    Scope at(String inner) {
        return new Scope(inner, condition, parameters, slots, blame, blocks, original);
    }

    Scope under(Condition inner) {
        return new Scope(path, inner, parameters, slots, blame, blocks, original);
    }

    Scope with(Slots inner) {
        return new Scope(path, condition, parameters, inner, blame, blocks, original);
    }

    Scope replacing(Original layer) {
        return new Scope(path, condition, parameters, slots, blame, blocks, layer);
    }

    /** Inside a block nothing of the text around its use is seen. */
    Scope block(Map<String, Source> arguments, @Nullable String itsBlame) {
        return new Scope(path, condition, arguments, new Slots(null), itsBlame, blocks + 1, null);
    }
}
