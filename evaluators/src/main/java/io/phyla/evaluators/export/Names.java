package io.phyla.evaluators.export;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Names of one text, each given once: a wish that is taken gets a number. */
public final class Names {

    private final Set<String> taken = new HashSet<>();
    private final Map<String, Integer> numbers = new HashMap<>();

    /** Nobody will be given this name. */
    public void reserve(String name) {
        taken.add(name);
    }

    /** The name wished for, or the first free one of {@code name_2}, {@code name_3} and so on. */
    public String unique(String name) {
        if (taken.add(name)) {
            return name;
        }
        int number = numbers.getOrDefault(name, 1);
        do {
            number++;
        } while (!taken.add(name + "_" + number));
        numbers.put(name, number);
        return name + "_" + number;
    }
}
