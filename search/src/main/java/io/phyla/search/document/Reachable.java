package io.phyla.search.document;

import io.phyla.search.document.SearchDocument.Constraint;
import io.phyla.spaces.schema.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Refuses constraints that no design of the space can meet. */
final class Reachable {

    private final SearchSetup setup;

    Reachable(SearchSetup setup) {
        this.setup = setup;
    }

    List<Problem> check() {
        List<Constraint> constraints = setup.document().constraints();
        List<Problem> problems = new ArrayList<>();
        if (constraints.isEmpty()) {
            return problems;
        }
        Map<String, Reach.Range> reach = Reach.of(setup.space(), setup.cheap());
        for (int i = 0; i < constraints.size(); i++) {
            Constraint constraint = constraints.get(i);
            Reach.Range range = reach.get(constraint.metric());
            String among = constraint.metric() + " lies between " + range.min() + " and " + range.max() + " in this space";
            if (constraint.max() != null && constraint.max() < range.min()) {
                problems.add(new Problem("/constraints/" + i + "/max", "no design is that small: " + among));
            }
            if (constraint.min() != null && constraint.min() > range.max()) {
                problems.add(new Problem("/constraints/" + i + "/min", "no design is that large: " + among));
            }
        }
        return problems;
    }
}
