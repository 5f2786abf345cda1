package io.phyla.spaces.template;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the items of a sequence are called. */
final class Sequences {

    private Sequences() {}

    /** Its name, or what it is. */
    static String name(Item item) {
        String name = item.head().name();
        return name == null ? item.kind() : name;
    }

    /**
     * A name for each; several of a kind without names are numbered.
     *
     * @param reserved names that belong to what stands around
     */
    static List<String> names(List<Item> items, Set<String> reserved) {
        Map<String, Integer> kinds = new HashMap<>();
        Set<String> taken = new HashSet<>(reserved);
        for (Item item : items) {
            if (item.head().name() == null) {
                kinds.merge(item.kind(), 1, Integer::sum);
            } else {
                taken.add(item.head().name());
            }
        }
        Map<String, Integer> next = new HashMap<>();
        List<String> names = new ArrayList<>();
        for (Item item : items) {
            String name = name(item);
            if (item.head().name() == null && (kinds.getOrDefault(name, 1) > 1 || taken.contains(name))) {
                String kind = name;
                do {
                    name = kind + next.merge(kind, 1, Integer::sum);
                } while (taken.contains(name));
            }
            names.add(name);
        }
        return names;
    }
}
