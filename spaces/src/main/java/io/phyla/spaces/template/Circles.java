package io.phyla.spaces.template;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Blocks that use one another in a circle, which would never end. */
final class Circles {

    private final Map<String, List<Lexicon.BlockUse>> uses = new TreeMap<>();
    private final Map<String, Boolean> finished = new HashMap<>();
    private final List<String> path = new ArrayList<>();

    Circles(List<Lexicon.BlockUse> all) {
        for (Lexicon.BlockUse use : all) {
            if (use.in() != null) {
                uses.computeIfAbsent(use.in(), _ -> new ArrayList<>()).add(use);
            }
        }
    }

    /** Says of each use that closes a circle which one. */
    void check() {
        uses.keySet().forEach(this::enter);
    }

    private void enter(String block) {
        if (finished.putIfAbsent(block, false) != null) {
            return;
        }
        path.add(block);
        for (Lexicon.BlockUse use : uses.getOrDefault(block, List.of())) {
            int begin = path.indexOf(use.block());
            if (begin >= 0) {
                use.at()
                        .wrong("blocks use one another in a circle: "
                                + String.join(" -> ", path.subList(begin, path.size())) + " -> " + use.block());
            } else {
                enter(use.block());
            }
        }
        path.removeLast();
        finished.put(block, true);
    }
}
