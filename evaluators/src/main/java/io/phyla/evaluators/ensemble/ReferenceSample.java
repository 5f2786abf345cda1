package io.phyla.evaluators.ensemble;

import io.phyla.search.metric.Direction;
import java.util.List;
import java.util.Map;

/**
 * The scores of the designs that others are compared with. Scores count by their gain, see {@link Direction#gain}; undefined
 * ones, NaN or infinite, are equal to each other and below all that are defined.
 */
final class ReferenceSample {

    private final Map<String, Direction> directions;
    private final List<Map<String, Double>> scores;

    /** @param scores by proxy, of each design; a proxy that is missing is undefined */
    ReferenceSample(Map<String, Direction> directions, List<Map<String, Double>> scores) {
        this.directions = Map.copyOf(directions);
        this.scores = List.copyOf(scores);
    }

    /**
     * The share of reference designs that most of the voters place below these scores; an even split counts half. Like every
     * pairwise vote it need not be transitive between two designs, but their shares are.
     */
    double vote(Map<String, Double> candidate, List<String> voters) {
        double beaten = 0;
        for (Map<String, Double> reference : scores) {
            int majority = 0;
            for (String voter : voters) {
                majority += compare(voter, candidate, reference);
            }
            beaten += (1 + Integer.signum(majority)) / 2.0;
        }
        return beaten / scores.size();
    }

    /** Sum of weight times percentile over the sum of the weights' magnitudes. */
    double combination(Map<String, Double> candidate, List<EnsembleParameters.Weight> weights) {
        double sum = 0;
        double magnitudes = 0;
        for (EnsembleParameters.Weight weight : weights) {
            sum += weight.weight() * percentile(weight.proxy(), candidate);
            magnitudes += Math.abs(weight.weight());
        }
        return sum / magnitudes;
    }

    /** The share of reference designs below, equal ones counted half, in [0,1]. */
    private double percentile(String proxy, Map<String, Double> candidate) {
        double below = 0;
        for (Map<String, Double> reference : scores) {
            below += (1 + compare(proxy, candidate, reference)) / 2.0;
        }
        return below / scores.size();
    }

    /** 1 if the first is better, -1 if the second is, 0 if they are equal. */
    private int compare(String proxy, Map<String, Double> a, Map<String, Double> b) {
        return Integer.signum(Double.compare(gain(proxy, a), gain(proxy, b)));
    }

    private double gain(String proxy, Map<String, Double> of) {
        double value = of.getOrDefault(proxy, Double.NaN);
        Direction direction = directions.get(proxy);
        if (direction == null) {
            throw new IllegalArgumentException("there is no proxy '" + proxy + "'");
        }
        return Double.isFinite(value) ? direction.gain(value) : Double.NEGATIVE_INFINITY;
    }
}
