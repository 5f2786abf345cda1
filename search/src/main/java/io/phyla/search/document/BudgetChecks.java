package io.phyla.search.document;

import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.spaces.schema.Problem;
import java.util.List;

/** Whether a search can use its budget and come to an end with it. */
final class BudgetChecks {

    private final JsonNode json;
    private final List<Problem> problems;

    BudgetChecks(JsonNode json, List<Problem> problems) {
        this.json = json;
        this.problems = problems;
    }

    void check() {
        JsonNode evaluations = json.at("/budget/evaluations");
        JsonNode window = json.path("window");
        if (evaluations.isNumber() && window.isNumber() && window.asDouble() > evaluations.asDouble()) {
            problems.add(new Problem(
                    "/window",
                    "no proposal would know a result: the window must not exceed the budget's " + evaluations
                            + " evaluations, but is " + window));
        }
        boolean byCostAlone = json.at("/budget/cost").isNumber()
                && !evaluations.isNumber()
                && !json.at("/budget/seconds").isNumber();
        if (byCostAlone && Parts.wanted(json).isEmpty()) {
            problems.add(new Problem(
                    "/budget/cost",
                    "metrics that follow from the design alone cost nothing, so this budget is never used up; give "
                            + "evaluations or seconds"));
        }
    }
}
