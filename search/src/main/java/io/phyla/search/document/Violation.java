package io.phyla.search.document;

import io.phyla.search.document.SearchDocument.Constraint;
import java.util.List;
import java.util.Map;

/** How far outside the constraints a design is. */
public final class Violation {

    private Violation() {}

    /** Each excess relative to its bound, summed; 0 inside, infinite where a metric is not known. */
    public static double of(List<Constraint> constraints, Map<String, Double> values) {
        double violation = 0;
        for (Constraint constraint : constraints) {
            Double value = values.get(constraint.metric());
            if (value == null) {
                return Double.POSITIVE_INFINITY;
            }
            if (constraint.max() != null && value > constraint.max()) {
                violation += (value - constraint.max()) / Math.max(1, Math.abs(constraint.max()));
            }
            if (constraint.min() != null && value < constraint.min()) {
                violation += (constraint.min() - value) / Math.max(1, Math.abs(constraint.min()));
            }
        }
        return violation;
    }
}
