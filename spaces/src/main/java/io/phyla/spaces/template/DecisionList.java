package io.phyla.spaces.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.spaces.Decision;
import io.phyla.spaces.template.Condition.Term;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The decisions of a template in genome order, and the logic of the conditions under which they exist. */
final class DecisionList {

    private final List<Decision> decisions = new ArrayList<>();
    private final Map<String, Integer> index = new HashMap<>();

    List<Decision> all() {
        return decisions;
    }

    /** @return its index, or -1 if another has this name */
    int add(String name, List<JsonNode> options, String unit, Condition condition) {
        if (index.putIfAbsent(name, decisions.size()) != null) {
            return -1;
        }
        Decision.When when = condition.terms().isEmpty()
                ? null
                : new Decision.When(
                        decisions.get(condition.terms().getFirst().decision()).name(),
                        condition.terms().getFirst().options());
        decisions.add(new Decision(name, options.stream().map(Literals::text).toList(), unit, when, numeric(options)));
        return decisions.size() - 1;
    }

    /** Options that are increasing numbers keep their distances. */
    private static Decision.@Nullable Numeric numeric(List<JsonNode> options) {
        double before = Double.NEGATIVE_INFINITY;
        boolean whole = true;
        List<Double> values = new ArrayList<>();
        for (JsonNode option : options) {
            if (!option.isNumber() || option.doubleValue() <= before) {
                return null;
            }
            before = option.doubleValue();
            whole &= before == Math.rint(before);
            values.add(before);
        }
        return new Decision.Numeric(whole, Decision.Scale.LINEAR, values);
    }

    /** The condition and that the decision takes one of the options; null if both can never be. */
    @Nullable
    Condition and(Condition condition, int decision, Set<Integer> options) {
        Map<Integer, Set<Integer>> known = implied(condition);
        Set<Integer> possible = new HashSet<>(options);
        Set<Integer> before = known.get(decision);
        if (before != null) {
            possible.retainAll(before);
            if (possible.equals(before)) {
                return condition;
            }
        }
        if (possible.isEmpty()) {
            return null;
        }
        Term term = new Term(decision, Set.copyOf(possible));
        if (before == null && parent(decision) == null && possible.size() == count(decision)) {
            return condition;
        }
        Map<Integer, Set<Integer>> follows = implied(new Condition(List.of(term)));
        for (Map.Entry<Integer, Set<Integer>> each : follows.entrySet()) {
            Set<Integer> both = new HashSet<>(each.getValue());
            Set<Integer> other = known.get(each.getKey());
            if (other != null) {
                both.retainAll(other);
            }
            if (both.isEmpty()) {
                return null;
            }
        }
        List<Term> terms = new ArrayList<>();
        for (Term each : condition.terms()) {
            Set<Integer> implied = follows.get(each.decision());
            if (implied == null || !each.options().containsAll(implied)) {
                terms.add(each);
            }
        }
        terms.add(term);
        return new Condition(List.copyOf(terms));
    }

    /** Whether a decision exists wherever the condition holds. */
    boolean exists(int decision, Condition condition) {
        Term parent = parent(decision);
        if (parent == null) {
            return true;
        }
        Set<Integer> known = implied(condition).get(parent.decision());
        return known != null && parent.options().containsAll(known);
    }

    /** What the condition says of every decision it depends on, also through the conditions of those. */
    private Map<Integer, Set<Integer>> implied(Condition condition) {
        Map<Integer, Set<Integer>> known = new HashMap<>();
        for (Term term : condition.terms()) {
            for (Term each = term; each != null; each = parent(each.decision())) {
                known.merge(each.decision(), each.options(), (a, b) -> {
                    Set<Integer> both = new HashSet<>(a);
                    both.retainAll(b);
                    return both;
                });
            }
        }
        return known;
    }

    private @Nullable Term parent(int decision) {
        Decision.When when = decisions.get(decision).when();
        return when == null ? null : new Term(index.getOrDefault(when.decision(), -1), when.options());
    }

    private int count(int decision) {
        return decisions.get(decision).options().size();
    }

    /** For people: {@code stage1.depth is 2 or 3}. */
    String describe(Term term) {
        Decision decision = decisions.get(term.decision());
        return decision.name() + " is "
                + term.options().stream()
                        .sorted()
                        .map(option -> decision.options().get(option))
                        .collect(Collectors.joining(" or "));
    }
}
