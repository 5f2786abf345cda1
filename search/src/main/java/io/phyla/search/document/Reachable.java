package io.phyla.search.document;

import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.search.document.SearchDocument.Constraint;
import io.phyla.search.metric.Metric;
import io.phyla.search.port.Artifacts;
import io.phyla.spaces.Bound;
import io.phyla.spaces.SearchSpace;
import io.phyla.spaces.schema.Json;
import io.phyla.spaces.schema.Problem;
import io.phyla.spaces.schema.RecordReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Refuses constraints that no design of the space can meet, each alone or all together. */
public final class Reachable {

    private static final int MOST_CHECKED = 32;

    private final JsonNode json;
    private final SearchSpace space;
    private final Artifacts artifacts;
    private final List<Problem> problems = new ArrayList<>();

    Reachable(JsonNode json, SearchSpace space, Artifacts artifacts) {
        this.json = json;
        this.space = space;
        this.artifacts = artifacts;
    }

    /** What is wrong with a space's own bounds, with their pointers. */
    public static List<Problem> bounds(SearchSpace space, Artifacts artifacts) {
        return new Reachable(Json.MAPPER.createObjectNode(), space, artifacts).check("", "/document/constraints");
    }

    List<Problem> check() {
        return check("/space/parameters", json.path("constraints").isEmpty() ? "/space/parameters" : "/constraints");
    }

    /**
     * @param parameters where the space's parameters stand
     * @param all where it is to be said that constraints exclude one another
     */
    private List<Problem> check(String parameters, String all) {
        Map<String, Constraint> constraints = sound();
        for (Bound bound : space.bounds()) {
            if (Providers.metrics().containsKey(bound.metric())) {
                constraints.put(parameters + bound.pointer(), Constraint.of(bound));
            }
        }
        if (constraints.isEmpty()) {
            return problems;
        }
        Reach reach = Reach.of(space, CheapMetrics.open(space, artifacts));
        constraints.forEach((pointer, constraint) -> alone(pointer, constraint, reach));
        if (problems.isEmpty() && reach.impossible(List.copyOf(constraints.values()))) {
            problems.add(
                    new Problem(all, "each can be met, but no design meets all of them at once; loosen at least one"));
        }
        return problems;
    }

    /** The constraints that can be judged, by pointer; the others have problems of their own. */
    private Map<String, Constraint> sound() {
        Map<String, Constraint> found = new TreeMap<>();
        JsonNode constraints = json.path("constraints");
        for (int i = 0; constraints.isArray() && i < Math.min(MOST_CHECKED, constraints.size()); i++) {
            Constraint constraint = RecordReader.read(constraints.get(i), Constraint.class, "", new ArrayList<>());
            Metric metric = constraint == null ? null : Providers.metrics().get(constraint.metric());
            if (constraint != null && metric != null && metric.cheap()) {
                found.put("/constraints/" + i, constraint);
            }
        }
        return found;
    }

    private void alone(String pointer, Constraint constraint, Reach reach) {
        Reach.Range range = reach.ranges().get(constraint.metric());
        if (range == null) {
            problems.add(new Problem(pointer + "/metric", "designs of space " + space.name() + " have no such metric"));
            return;
        }
        String among = constraint.metric() + (range.exact() ? " lies between " : " was found to lie between ")
                + plain(range.min()) + " and " + plain(range.max()) + " in this space";
        if (constraint.max() != null && constraint.max() < range.min()) {
            problems.add(new Problem(pointer + "/max", "no design is that small: " + among));
        }
        if (constraint.min() != null && constraint.min() > range.max()) {
            problems.add(new Problem(pointer + "/min", "no design is that large: " + among));
        }
    }

    /** 73306 rather than 73306.0, and never 1.5E8. */
    private static String plain(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
