package io.phyla.spaces.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.phyla.spaces.schema.Nearest;
import io.phyla.spaces.schema.Problem;
import io.phyla.spaces.schema.RecordReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A value in a document, its place, and where to say what is wrong with it. */
record Spot(JsonNode json, String pointer, List<Problem> problems) {

    /** A broken document gets no answer much larger than itself. */
    private static final int MOST_PROBLEMS = 500;

    static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0," + (Limits.NAME - 1) + "}");

    Spot child(String member) {
        return new Spot(
                json.path(member) instanceof MissingNode ? MissingNode.getInstance() : json.path(member),
                RecordReader.child(pointer, member),
                problems);
    }

    Spot child(int index) {
        return new Spot(json.get(index), pointer + '/' + index, problems);
    }

    boolean has(String member) {
        return json.has(member);
    }

    /** Always null, so that a reader can return what it says. */
    <T> @Nullable T wrong(String detail) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(new Problem(pointer, detail));
        }
        return null;
    }

    /** Says that a name is unknown; which names are known is only looked up while anybody listens. */
    <T> @Nullable T unknown(String what, String name, Supplier<? extends Collection<String>> known) {
        return problems.size() < MOST_PROBLEMS ? wrong(Nearest.unknown(what, name, known.get())) : null;
    }

    /** Whether it is an object; says so if not. */
    boolean object() {
        if (!json.isObject()) {
            wrong("must be an object, not " + kind());
        }
        return json.isObject();
    }

    /** Its items, none after saying that it is no array of so many. */
    List<Spot> items(int min, int max) {
        if (!json.isArray()) {
            wrong(json.isMissingNode() ? "is required" : "must be an array, not " + kind());
            return List.of();
        }
        if (json.size() < min || json.size() > max) {
            wrong("must have " + (min == max ? min : min + " to " + max) + " items, not " + json.size());
            return List.of();
        }
        List<Spot> items = new ArrayList<>();
        for (int i = 0; i < json.size(); i++) {
            items.add(child(i));
        }
        return items;
    }

    /** Says which members do not belong here. */
    void only(Collection<String> known) {
        for (String member : (Iterable<String>) json::fieldNames) {
            if (!known.contains(member)) {
                child(member).unknown("member", member, () -> known);
            }
        }
    }

    /** A name that can stand in a path; null if it is absent or wrong. */
    @Nullable
    String name() {
        if (json.isMissingNode()) {
            return null;
        }
        if (!json.isTextual()) {
            return wrong("must be a name, not " + kind());
        }
        return nameFault(json.asText()) == null ? json.asText() : wrong(String.valueOf(nameFault(json.asText())));
    }

    static @Nullable String nameFault(String name) {
        return NAME.matcher(name).matches()
                ? null
                : "a name is a letter and then letters, digits, _ and -, at most " + Limits.NAME + " in all";
    }

    /** What stands here, in words. */
    String kind() {
        return Literals.kind(json);
    }
}
