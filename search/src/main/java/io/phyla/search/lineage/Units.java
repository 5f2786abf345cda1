package io.phyla.search.lineage;

import io.phyla.spaces.Decision;
import io.phyla.spaces.SearchSpace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The decisions of a space by the unit in which they mutate and cross over. */
final class Units {

    private Units() {}

    /** One array of decision indices per unit, in order of the units' first decisions. */
    static List<int[]> of(SearchSpace space) {
        Map<String, List<Integer>> units = new LinkedHashMap<>();
        List<Decision> decisions = space.decisions();
        for (int i = 0; i < decisions.size(); i++) {
            units.computeIfAbsent(decisions.get(i).unit(), _ -> new ArrayList<>())
                    .add(i);
        }
        return units.values().stream()
                .map(unit -> unit.stream().mapToInt(Integer::intValue).toArray())
                .toList();
    }
}
