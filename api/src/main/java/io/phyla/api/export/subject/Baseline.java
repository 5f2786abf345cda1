package io.phyla.api.export.subject;

import io.phyla.search.candidate.Candidate;
import io.phyla.search.candidate.CandidateState;
import io.phyla.search.document.Providers;
import io.phyla.search.statistics.Correlation;
import io.phyla.storage.query.CandidateOrder;
import io.phyla.storage.query.CandidateQueries;
import io.phyla.storage.query.CandidateQueries.Points;
import io.phyla.storage.query.StoredCandidate;
import java.util.ArrayList;
import java.util.List;

/**
 * How a trivial ranking does on the candidates of a search: a search that does not find better ones than it has found nothing.
 *
 * @param metric what candidates are ranked by, the largest first
 * @param best the candidate it ranks first
 * @param correlation Spearman's, between the ranking and the first objective; NaN if all values are equal
 * @param of how many candidates the correlation is taken from
 */
public record Baseline(String metric, Candidate best, double correlation, int of) {

    private static final List<String> TRIVIAL = List.of("params", "macs", "depth");
    private static final int PAGE = 500;

    /** The first ones of a search stand for the rest. */
    static final int MOST = 20_000;

    /** Metrics that say something about an objective: all but itself. */
    static List<String> metrics(String objective) {
        return TRIVIAL.stream()
                .filter(each -> Providers.metrics().containsKey(each) && !each.equals(objective))
                .toList();
    }

    /** Of a search as it is now. */
    static List<Baseline> of(CandidateQueries candidates, String search, String objective) {
        List<Baseline> baselines = new ArrayList<>();
        for (String metric : metrics(objective)) {
            List<StoredCandidate> best = candidates
                    .list(search, new CandidateOrder(metric, true), CandidateState.MEASURED, null, 1)
                    .items();
            if (!best.isEmpty()) {
                baselines.add(of(
                        candidates, search, metric, objective, best.getFirst().candidate()));
            }
        }
        return baselines;
    }

    private static Baseline of(
            CandidateQueries candidates, String search, String metric, String objective, Candidate best) {
        List<CandidateQueries.Point> points = new ArrayList<>();
        Long after = -1L;
        while (after != null && points.size() < MOST) {
            Points page = candidates.points(search, metric, objective, after, PAGE);
            points.addAll(page.items());
            after = page.next();
        }
        return of(metric, best, points);
    }

    /** @param points values of the metric and the objective */
    static Baseline of(String metric, Candidate best, List<CandidateQueries.Point> points) {
        double correlation = points.size() < 2
                ? Double.NaN
                : Correlation.SPEARMAN.of(
                        points.stream().mapToDouble(CandidateQueries.Point::x).toArray(),
                        points.stream().mapToDouble(CandidateQueries.Point::y).toArray());
        return new Baseline(metric, best, correlation, points.size());
    }
}
