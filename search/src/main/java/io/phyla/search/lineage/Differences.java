package io.phyla.search.lineage;

import io.phyla.search.candidate.Origin;
import io.phyla.spaces.Genome;
import java.util.ArrayList;
import java.util.List;

/** The decisions in which a child differs from its first parent. */
public final class Differences {

    private Differences() {}

    public static List<Origin.Change> between(Genome parent, Genome child) {
        List<Origin.Change> changes = new ArrayList<>();
        for (int i = 0; i < parent.size(); i++) {
            if (parent.option(i) != child.option(i)) {
                changes.add(new Origin.Change(i, parent.option(i), child.option(i)));
            }
        }
        return changes;
    }
}
