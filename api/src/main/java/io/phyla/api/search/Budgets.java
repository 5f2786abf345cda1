package io.phyla.api.search;

import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.search.progress.Summary;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far a search is through its budgets, and when the first of them will be spent. */
final class Budgets {

    /**
     * One budget.
     *
     * @param perSecond how fast it is spent
     */
    private record Budget(double spent, double whole, double perSecond) {

        double fraction() {
            return whole <= 0 ? 1 : Math.min(1, spent / whole);
        }

        double secondsLeft() {
            return Math.max(0, whole - spent) / perSecond;
        }
    }

    private final List<Budget> budgets = new ArrayList<>();

    /**
     * @param document the search document
     * @param rate evaluations per second
     */
    Budgets(JsonNode document, Summary summary, double rate) {
        JsonNode budget = document.path("budget");
        if (budget.hasNonNull("evaluations")) {
            budgets.add(
                    new Budget(summary.evaluations(), budget.get("evaluations").asDouble(), rate));
        }
        if (budget.hasNonNull("cost")) {
            double perEvaluation = summary.evaluations() == 0 ? 0 : summary.cost() / summary.evaluations();
            budgets.add(new Budget(summary.cost(), budget.get("cost").asDouble(), perEvaluation * rate));
        }
        if (budget.hasNonNull("seconds")) {
            budgets.add(new Budget(summary.seconds(), budget.get("seconds").asDouble(), 1));
        }
    }

    /** Share of the tightest budget that is spent, 0 to 1. */
    double fraction() {
        return budgets.stream().mapToDouble(Budget::fraction).max().orElse(0);
    }

    /** Null where nothing is spent at the moment. */
    @Nullable
    Double secondsLeft() {
        double least = budgets.stream()
                .mapToDouble(Budget::secondsLeft)
                .filter(Double::isFinite)
                .min()
                .orElse(Double.NaN);
        return Double.isFinite(least) ? least : null;
    }
}
