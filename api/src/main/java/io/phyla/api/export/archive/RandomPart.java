package io.phyla.api.export.archive;

import io.phyla.api.export.subject.SearchFacts;
import io.phyla.search.candidate.Candidate;
import io.phyla.search.document.Providers;
import io.phyla.search.metric.Direction;
import org.jspecify.annotations.Nullable;

/** The candidates of a search that were drawn at random, as the baseline that is in every search already. */
final class RandomPart {

    private static final String RANDOM = "random";

    private long count;
    private @Nullable Candidate best;

    void add(Candidate candidate, SearchFacts facts) {
        if (facts.objectives().isEmpty() || !candidate.origin().operator().startsWith(RANDOM)) {
            return;
        }
        String objective = facts.objectives().getFirst();
        Double value = candidate.measurements().get(objective);
        if (value == null || !Double.isFinite(value)) {
            return;
        }
        count++;
        if (best == null || better(value, best.value(objective), facts)) {
            best = candidate;
        }
    }

    private static boolean better(double value, double than, SearchFacts facts) {
        String asked = facts.document().at("/objectives/0/direction").asText("");
        boolean more = asked.isEmpty() || asked.equals("null")
                ? Providers.metric(facts.objectives().getFirst()).direction() == Direction.MAXIMIZE
                : asked.equalsIgnoreCase(Direction.MAXIMIZE.name());
        return more ? value > than : value < than;
    }

    /** Measured ones. */
    long count() {
        return count;
    }

    /** By the first objective. */
    @Nullable
    Candidate best() {
        return best;
    }
}
