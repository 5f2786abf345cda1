package io.phyla.search.lineage;

import io.phyla.search.candidate.Origin;
import io.phyla.spaces.Genome;
import io.phyla.spaces.SearchSpace;
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

    /**
     * The changes that people are shown: those of decisions that the child's own options let exist. What it carries unseen, for a
     * descendant in which it exists again, drifts without meaning anything.
     */
    public static List<Origin.Change> existing(SearchSpace space, Genome child, List<Origin.Change> changes) {
        boolean[] active = space.tree().active(child);
        return changes.stream().filter(each -> active[each.decision()]).toList();
    }
}
