package io.phyla.spaces.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads the decisions that several places share, in an order in which a condition names only earlier ones. */
final class SharedReader {

    private final Spot at;
    private final Lexicon.Uses uses;
    private final Map<String, Template.Shared> options = new TreeMap<>();
    private final Map<String, Template.Shared> ordered = new LinkedHashMap<>();
    private final Set<String> entered = new HashSet<>();

    SharedReader(Spot at, Lexicon.Uses uses) {
        this.at = at;
        this.uses = uses;
    }

    Map<String, Template.Shared> read() {
        if (at.json().isMissingNode() || !at.object()) {
            return Map.of();
        }
        if (at.json().size() > Limits.DECISIONS) {
            at.wrong("must have at most " + Limits.DECISIONS + " members, not "
                    + at.json().size());
            return Map.of();
        }
        Set<String> names = new TreeSet<>();
        at.json().fieldNames().forEachRemaining(names::add);
        names.forEach(this::options);
        names.forEach(this::order);
        return ordered;
    }

    private void options(String name) {
        Spot spot = at.child(name);
        if (Spot.nameFault(name) != null) {
            spot.wrong(String.valueOf(Spot.nameFault(name)));
        }
        List<JsonNode> read = List.of();
        if (spot.object()) {
            spot.only(spot.has("int") ? List.of("int", "step", "unit", "when") : List.of("choice", "unit", "when"));
            List<JsonNode> given = spot.has("int") || spot.has("choice")
                    ? ValueReader.options(spot, null)
                    : spot.wrong("a decision has a choice or an int, such as {\"choice\": [3, 5, 7]}");
            read = given == null ? read : given;
        }
        options.put(
                name,
                new Template.Shared(spot.pointer(), read, spot.child("unit").name(), null));
    }

    /** Conditions first; a circle of them is cut where it closes. */
    private void order(String name) {
        Template.Shared known = options.get(name);
        if (known == null || !entered.add(name)) {
            return;
        }
        Spot spot = at.child(name);
        Spot when = spot.child("when");
        Item.Guard guard = null;
        if (spot.has("when")) {
            String parent = when.json().path("decision").asText();
            order(parent);
            Lexicon lexicon = new Lexicon(options, Map.of(), Map.of(), null, Map.of(), uses);
            guard = new ValueReader(lexicon).guard(when);
            if (options.containsKey(parent) && !ordered.containsKey(parent)) {
                when.child("decision")
                        .wrong(
                                name.equals(parent)
                                        ? "a decision cannot depend on itself"
                                        : "'" + name + "' and '" + parent + "' exist only under one another");
                guard = null;
            }
        }
        ordered.put(name, new Template.Shared(known.pointer(), known.options(), known.unit(), guard));
    }
}
