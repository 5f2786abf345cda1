package io.phyla.spaces.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.spaces.Bound;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Shape;
import io.phyla.spaces.schema.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads a document and collects every mistake that can be seen without unrolling it. */
final class TemplateReader {

    static final List<String> METRICS = List.of("params", "macs", "peak_memory", "depth");

    private static final List<String> MEMBERS = List.of(
            "$schema", "name", "description", "input", "decisions", "blocks", "models", "layers", "constraints");
    private static final int LONGEST_TITLE = 200;
    private static final int LONGEST_DESCRIPTION = 2000;
    private static final int MOST_MODELS = 8;
    private static final int MOST_PARAMETERS = 32;

    private final Spot document;
    private final Lexicon.Uses uses = new Lexicon.Uses();

    private TemplateReader(Spot document) {
        this.document = document;
    }

    /** @return null if and only if there are problems */
    static @Nullable Template read(JsonNode json, List<Problem> problems) {
        Spot document = new Spot(json, "", problems);
        Problem beyond = Sizes.fault(json);
        if (beyond != null) {
            problems.add(beyond);
            return null;
        }
        return document.object() ? new TemplateReader(document).read() : null;
    }

    private @Nullable Template read() {
        document.only(MEMBERS);
        String name = text("name", 1, LONGEST_TITLE);
        for (String member : List.of("description", "$schema")) {
            if (document.has(member)) {
                text(member, 0, LONGEST_DESCRIPTION);
            }
        }
        Shape input = input(document.child("input"));
        Map<String, Network> models = models();
        Map<String, Template.Shared> decisions = new SharedReader(document.child("decisions"), uses).read();
        Map<String, Map<String, @Nullable Value>> signatures = new TreeMap<>(BlockLibrary.signatures());
        Lexicon lexicon = new Lexicon(decisions, signatures, models, null, Map.of(), uses);
        Map<String, Template.Block> blocks = blocks(lexicon, signatures);
        List<Item> layers = new ItemReader(lexicon, false).sequence(document.child("layers"), 1, names());
        List<Bound> constraints = constraints();
        unused(decisions, models);
        new Circles(uses.blocks).check();
        return name == null || input == null || !document.problems().isEmpty()
                ? null
                : new Template(name, input, decisions, blocks, layers, constraints);
    }

    /** Before the first item there is only what enters. */
    static Lexicon.Names names() {
        Lexicon.Names names = new Lexicon.Names(null);
        names.add("input");
        return names;
    }

    private @Nullable String text(String member, int min, int max) {
        Spot at = document.child(member);
        if (!at.json().isTextual()) {
            return at.wrong(at.json().isMissingNode() ? "is required" : "must be a string, not " + at.kind());
        }
        String text = at.json().asText();
        if (text.length() < min || text.length() > max) {
            return at.wrong("must have " + min + " to " + max + " characters, not " + text.length());
        }
        return text.codePoints().anyMatch(Sizes::unwritable)
                ? at.wrong("must not contain control characters or halves of surrogate pairs")
                : text;
    }

    private static @Nullable Shape input(Spot at) {
        List<Spot> items = at.items(3, 3);
        int[] sizes = new int[3];
        boolean sound = items.size() == 3;
        for (int i = 0; i < items.size(); i++) {
            double size = items.get(i).json().doubleValue();
            if (!items.get(i).json().isNumber() || size != Math.rint(size) || size < 1 || size > 4096) {
                items.get(i)
                        .wrong("must be a whole number from 1 to 4096, not "
                                + items.get(i).kind());
                sound = false;
            }
            sizes[i] = (int) size;
        }
        if (sound && (long) sizes[0] * sizes[1] * sizes[2] > Limits.ELEMENTS) {
            return at.wrong("an image may have at most " + Limits.ELEMENTS + " numbers");
        }
        return sound ? new Shape(sizes[0], sizes[1], sizes[2]) : null;
    }

    private Map<String, Network> models() {
        Map<String, Network> models = new HashMap<>();
        for (Map.Entry<String, JsonNode> each : members("models", MOST_MODELS)) {
            Network network = ModelReader.network(document.child("models").child(each.getKey()));
            if (network != null) {
                models.put(each.getKey(), network);
            }
        }
        return models;
    }

    /** The members of an object of the document, none after saying that it is none or has too many. */
    private Iterable<Map.Entry<String, JsonNode>> members(String member, int most) {
        Spot at = document.child(member);
        if (!document.has(member) || !at.object()) {
            return List.of();
        }
        if (at.json().size() > most) {
            at.wrong("must have at most " + most + " members, not " + at.json().size());
            return List.of();
        }
        return new TreeMap<>(Map.ofEntries(at.json().properties().toArray(Map.Entry[]::new))).entrySet();
    }

    private Map<String, Template.Block> blocks(Lexicon lexicon, Map<String, Map<String, @Nullable Value>> signatures) {
        Map<String, Spot> spots = new TreeMap<>();
        for (Map.Entry<String, JsonNode> each : members("blocks", Limits.BLOCKS)) {
            Spot at = document.child("blocks").child(each.getKey());
            String fault = Spot.nameFault(each.getKey());
            boolean taken = LayerForms.all().containsKey(each.getKey())
                    || BlockLibrary.signatures().containsKey(each.getKey())
                    || ItemReader.STRUCTURES.contains(each.getKey())
                    || each.getKey().equals("original");
            if (fault != null || taken) {
                at.wrong(fault != null ? fault : "'" + each.getKey() + "' is built in; choose another name");
            } else if (at.object()) {
                spots.put(each.getKey(), at);
                signatures.put(each.getKey(), parameters(at, lexicon));
            }
        }
        Map<String, Template.Block> blocks = new TreeMap<>(BlockLibrary.blocks());
        spots.forEach((name, at) -> blocks.put(name, block(name, at, lexicon, signatures.get(name))));
        return blocks;
    }

    private static Map<String, @Nullable Value> parameters(Spot block, Lexicon lexicon) {
        Map<String, @Nullable Value> parameters = new TreeMap<>();
        Spot at = block.child("parameters");
        if (!block.has("parameters") || !at.object()) {
            return parameters;
        }
        if (at.json().size() > MOST_PARAMETERS) {
            at.wrong("must have at most " + MOST_PARAMETERS + " members, not "
                    + at.json().size());
            return parameters;
        }
        for (String name : (Iterable<String>) at.json()::fieldNames) {
            Spot value = at.child(name);
            String fault = Spot.nameFault(name);
            boolean taken = ItemReader.HEAD.contains(name) || name.equals("op");
            if (fault != null || taken) {
                value.wrong(fault != null ? fault : "'" + name + "' is a member of every item; choose another name");
            }
            // A default belongs to no sequence: without "of" a shape is what enters the block.
            Lexicon.Names none = new Lexicon.Names(null);
            parameters.put(name, value.json().isNull() ? null : new ValueReader(lexicon).read(value, null, none));
        }
        return parameters;
    }

    private Template.Block block(
            String name, Spot at, Lexicon lexicon, @Nullable Map<String, @Nullable Value> parameters) {
        Map<String, @Nullable Value> known = parameters == null ? Map.of() : parameters;
        at.only(List.of("parameters", "layers"));
        List<Item> layers = new ItemReader(lexicon.in(name, known), false).sequence(at.child("layers"), 1, names());
        for (String parameter : known.keySet()) {
            if (!uses.parameters.contains(name + "." + parameter)) {
                at.child("parameters").child(parameter).wrong("the block uses this parameter nowhere");
            }
        }
        return new Template.Block(at.pointer(), known, layers, false);
    }

    private List<Bound> constraints() {
        List<Bound> bounds = new ArrayList<>();
        if (!document.has("constraints")) {
            return bounds;
        }
        for (Spot each : document.child("constraints").items(0, Limits.CONSTRAINTS)) {
            Bound bound = each.object() ? constraint(each) : null;
            if (bound != null) {
                bounds.add(bound);
            }
        }
        return bounds;
    }

    private static @Nullable Bound constraint(Spot at) {
        at.only(List.of("metric", "min", "max"));
        Spot metric = at.child("metric");
        if (!METRICS.contains(metric.json().asText())) {
            return metric.json().isTextual()
                    ? metric.unknown("metric", metric.json().asText(), () -> METRICS)
                    : metric.wrong("must be one of " + String.join(", ", METRICS));
        }
        Double min = bound(at, "min");
        Double max = bound(at, "max");
        if (!at.has("min") && !at.has("max")) {
            return at.wrong("a constraint needs min, max or both");
        }
        return min != null && max != null && min > max
                ? at.wrong("min " + Literals.number(min) + " is above max " + Literals.number(max))
                : new Bound(at.pointer(), metric.json().asText(), min, max);
    }

    private static @Nullable Double bound(Spot at, String member) {
        Spot bound = at.child(member);
        if (!at.has(member)) {
            return null;
        }
        double value = bound.json().doubleValue();
        return bound.json().isNumber() && value >= 0 && Double.isFinite(value)
                ? (Double) value
                : bound.wrong("must be a number of at least 0, not " + bound.kind());
    }

    /** What is declared and never used would make the space larger, or is a slip of the pen. */
    private void unused(Map<String, Template.Shared> decisions, Map<String, Network> models) {
        for (String decision : new TreeSet<>(decisions.keySet())) {
            if (!uses.decisions.contains(decision)) {
                document.child("decisions").child(decision).wrong("this decision is used nowhere");
            }
        }
        for (String model : new TreeSet<>(models.keySet())) {
            if (!uses.models.contains(model)) {
                document.child("models").child(model).wrong("this model is used nowhere");
            }
        }
    }
}
