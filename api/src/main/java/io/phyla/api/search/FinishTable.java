package io.phyla.api.search;

import io.phyla.search.candidate.FinalEvaluation;
import io.phyla.search.candidate.Subject;
import io.phyla.search.statistics.Sample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The evaluations of a last phase by subject. What failed has no part in means; it stands beside them.
 *
 * @param metrics in the document's order
 * @param rows candidates, best first, then yardsticks
 */
public record FinishTable(List<String> metrics, List<Row> rows) {

    /**
     * One subject.
     *
     * @param samples of the metrics that have values
     * @param evaluations by repetition
     */
    public record Row(Subject subject, Map<String, Sample> samples, List<FinalEvaluation> evaluations) {

        public List<FinalEvaluation> failures() {
            return evaluations.stream().filter(each -> each.cause() != null).toList();
        }

        public double cost() {
            return evaluations.stream().mapToDouble(FinalEvaluation::cost).sum();
        }
    }

    /**
     * A candidate beside a yardstick.
     *
     * @param difference the candidate's mean less the yardstick's
     * @param standardError NaN where one of the two was measured less than twice
     */
    public record Difference(
            Subject candidate, Subject yardstick, String metric, double difference, double standardError) {}

    /**
     * @param subjects those that are to be shown even before they have an evaluation, in order
     * @param evaluations by place and repetition
     */
    public static FinishTable of(List<String> metrics, List<Subject> subjects, List<FinalEvaluation> evaluations) {
        Map<Subject, List<FinalEvaluation>> found = new LinkedHashMap<>();
        subjects.forEach(each -> found.put(each, new ArrayList<>()));
        evaluations.forEach(each ->
                found.computeIfAbsent(each.subject(), _ -> new ArrayList<>()).add(each));
        return new FinishTable(
                metrics,
                found.entrySet().stream()
                        .map(each -> new Row(each.getKey(), samples(metrics, each.getValue()), each.getValue()))
                        .toList());
    }

    private static Map<String, Sample> samples(List<String> metrics, List<FinalEvaluation> evaluations) {
        Map<String, Sample> samples = new LinkedHashMap<>();
        for (String metric : metrics) {
            List<Double> values = new ArrayList<>();
            for (FinalEvaluation each : evaluations) {
                Double value = each.measurements().get(metric);
                if (each.cause() == null && value != null) {
                    values.add(value);
                }
            }
            if (!values.isEmpty()) {
                samples.put(metric, new Sample(values));
            }
        }
        return samples;
    }

    /** Every candidate beside every yardstick, metric by metric, where both were measured. */
    public List<Difference> differences() {
        List<Difference> differences = new ArrayList<>();
        for (Row candidate : rows) {
            for (Row yardstick : rows) {
                if (!candidate.subject().isYardstick() && yardstick.subject().isYardstick()) {
                    differences(candidate, yardstick, differences);
                }
            }
        }
        return differences;
    }

    private void differences(Row candidate, Row yardstick, List<Difference> differences) {
        for (String metric : metrics) {
            Sample one = candidate.samples().get(metric);
            Sample other = yardstick.samples().get(metric);
            if (one != null && other != null) {
                differences.add(new Difference(
                        candidate.subject(),
                        yardstick.subject(),
                        metric,
                        one.mean() - other.mean(),
                        one.standardError(other)));
            }
        }
    }
}
