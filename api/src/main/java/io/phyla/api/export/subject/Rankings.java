package io.phyla.api.export.subject;

import io.phyla.search.candidate.Candidate;
import io.phyla.search.candidate.CandidateState;
import io.phyla.storage.query.CandidateQueries.Point;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Trivial rankings of candidates that are seen one after the other: the baselines of a search at an earlier moment. */
public final class Rankings {

    private final String objective;
    private final Map<String, Ranking> byMetric = new LinkedHashMap<>();

    private static final class Ranking {
        private final List<Point> points = new ArrayList<>();
        private @Nullable Candidate best;
    }

    /** @param objective the first of the search */
    public Rankings(String objective) {
        this.objective = objective;
        Baseline.metrics(objective).forEach(each -> byMetric.put(each, new Ranking()));
    }

    public void add(Candidate candidate) {
        if (candidate.state() == CandidateState.MEASURED) {
            byMetric.forEach((metric, ranking) -> add(candidate, metric, ranking));
        }
    }

    private void add(Candidate candidate, String metric, Ranking ranking) {
        Double size = candidate.measurements().get(metric);
        if (size == null) {
            return;
        }
        Candidate best = ranking.best;
        int more = best == null ? 1 : Double.compare(size, best.value(metric));
        // Of equal ones the later, as in lists that begin with the largest.
        if (best == null || more > 0 || more == 0 && candidate.number() > best.number()) {
            ranking.best = candidate;
        }
        Double worth = candidate.measurements().get(objective);
        if (worth != null && ranking.points.size() < Baseline.MOST) {
            ranking.points.add(new Point(candidate.number(), size, worth));
        }
    }

    public List<Baseline> baselines() {
        List<Baseline> baselines = new ArrayList<>();
        byMetric.forEach((metric, ranking) -> {
            if (ranking.best != null) {
                baselines.add(Baseline.of(metric, ranking.best, ranking.points));
            }
        });
        return baselines;
    }
}
