package io.phyla.spaces.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads sequences of items. Whatever cannot be read is left out, after saying why. */
final class ItemReader {

    /** What every item can have. */
    static final List<String> HEAD = List.of("name", "when", "inputs");

    static final List<String> STRUCTURES = List.of("residual", "model");

    /** How an item is told what it is. */
    private static final List<String> FORMS = List.of("op", "choice", "repeat", "layers");

    private static final int MOST_INPUTS = 64;

    private final Lexicon lexicon;
    private final ValueReader values;
    private final boolean replacing;

    /** @param replacing whether these items take the place of a model's layer */
    ItemReader(Lexicon lexicon, boolean replacing) {
        this.lexicon = lexicon;
        this.values = new ValueReader(lexicon);
        this.replacing = replacing;
    }

    /** A sequence; {@code input} is what enters it, and names of sequences around it can be used. */
    List<Item> sequence(Spot at, int least, Lexicon.Names outer) {
        Lexicon.Names names = new Lexicon.Names(outer);
        Set<String> own = new HashSet<>();
        List<Item> items = new ArrayList<>();
        for (Spot each : at.items(least, Limits.ITEMS)) {
            Item item = item(each, names);
            if (item != null) {
                items.add(item);
            }
            String name = each.json().path("name").asText();
            if (name.equals("input")) {
                each.child("name").wrong("'input' is what enters the sequence; choose another name");
            } else if (!name.isEmpty() && !own.add(name)) {
                each.child("name").wrong("another item of this sequence is named '" + name + "'");
            }
            if (!name.isEmpty()) {
                names.add(name);
            }
        }
        return items;
    }

    private @Nullable Item item(Spot at, Lexicon.Names names) {
        if (!at.object()) {
            return null;
        }
        if (at.has("op")) {
            return operation(at, names);
        }
        Item.Head head = head(at, names);
        if (at.has("choice")) {
            return choice(at, head, names);
        }
        if (at.has("repeat")) {
            at.only(with("repeat", "layers"));
            Value count = values.read(at.child("repeat"), Counts.MEMBER, names);
            List<Item> layers = sequence(at.child("layers"), 1, names);
            return count == null ? null : new Item.OfRepeat(head, count, layers);
        }
        if (at.has("layers")) {
            at.only(with("layers"));
            return new Item.OfSequence(head, sequence(at.child("layers"), 0, names));
        }
        return at.wrong("an item has one of the members " + String.join(", ", FORMS));
    }

    private @Nullable Item choice(Spot at, Item.Head head, Lexicon.Names names) {
        at.only(with("choice", "by", "unit"));
        Spot list = at.child("choice");
        List<Spot> spots = list.items(1, Limits.OPTIONS);
        List<Item> alternatives = new ArrayList<>();
        Set<String> known = new TreeSet<>();
        for (Spot spot : spots) {
            Item item = item(spot, names);
            if (item == null) {
                continue;
            }
            alternatives.add(item);
            if (!known.add(Sequences.name(item))) {
                spot.wrong("two alternatives are called '" + Sequences.name(item) + "'; give one a name of its own");
            }
            if (item.head().inputs() != null || item.head().when() != null) {
                spot.wrong("an alternative takes what the choice takes: inputs and when stand beside the choice");
            }
        }
        Value by = at.has("by") ? values.read(at.child("by"), null, names) : null;
        String unit = at.child("unit").name();
        return at.has("by") && by == null ? null : new Item.OfChoice(head, alternatives, by, unit);
    }

    private @Nullable Item operation(Spot at, Lexicon.Names names) {
        Spot op = at.child("op");
        String name = op.json().asText();
        if (!op.json().isTextual()) {
            return op.wrong("must be the name of a layer or block, not " + op.kind());
        }
        Item.Head head = head(at, names);
        LayerForm form = LayerForms.all().get(name);
        if (form == ProgramForm.FORM && at.has(ProgramForm.WHOLE)) {
            at.only(with("op", ProgramForm.WHOLE, "layer", "group_size", "epsilon", "momentum"));
            return ProgramForm.read(at, head, values, names);
        }
        if (form != null) {
            return layer(at, head, form, names);
        }
        Map<String, @Nullable Value> parameters = lexicon.blocks().get(name);
        if (parameters != null) {
            lexicon.uses().blocks.add(new Lexicon.BlockUse(lexicon.block(), op, name));
            return block(at, head, name, parameters, names);
        }
        return switch (name) {
            case "residual" -> residual(at, head, names);
            case "model" -> new ModelReader(lexicon).read(at, head, names);
            case "original" -> original(at, head);
            default -> op.unknown("layer or block", name, this::operations);
        };
    }

    private Set<String> operations() {
        Set<String> all = new TreeSet<>(LayerForms.all().keySet());
        all.addAll(lexicon.blocks().keySet());
        all.addAll(STRUCTURES);
        return all;
    }

    private Item layer(Spot at, Item.Head head, LayerForm form, Lexicon.Names names) {
        List<String> known = new ArrayList<>(with("op"));
        List<Value> read = new ArrayList<>();
        for (Member member : form.members()) {
            known.add(member.name());
            Spot spot = at.child(member.name());
            if (at.has(member.name())) {
                Value value = values.read(spot, member, names);
                read.add(value == null ? new Value.Literal(spot.pointer(), spot.json()) : value);
            } else if (member.byDefault() == null) {
                spot.wrong("is required: " + member.description());
            } else {
                read.add(new Value.Literal(at.pointer(), member.byDefault()));
            }
        }
        at.only(known);
        int inputs = inputs(at);
        if (inputs < form.leastInputs() || inputs > form.mostInputs()) {
            String right = form.leastInputs() == form.mostInputs()
                    ? String.valueOf(form.leastInputs())
                    : form.leastInputs() + " to " + form.mostInputs();
            at.child("inputs")
                    .wrong(form.op() + " takes " + right + (right.equals("1") ? " input" : " inputs") + ", not "
                            + inputs);
        }
        return new Item.OfLayer(head, form, read);
    }

    private Item block(
            Spot at, Item.Head head, String name, Map<String, @Nullable Value> parameters, Lexicon.Names names) {
        List<String> known = new ArrayList<>(with("op"));
        known.addAll(parameters.keySet());
        at.only(known);
        Map<String, Value> arguments = new TreeMap<>();
        parameters.forEach((parameter, byDefault) -> {
            Value value = at.has(parameter) ? values.read(at.child(parameter), null, names) : byDefault;
            if (value != null) {
                arguments.put(parameter, value);
            } else if (!at.has(parameter)) {
                at.child(parameter).wrong("is required by block " + name);
            }
        });
        one(at);
        return new Item.OfBlock(head, name, arguments);
    }

    private @Nullable Item residual(Spot at, Item.Head head, Lexicon.Names names) {
        at.only(with("op", "layers", "shortcut"));
        one(at);
        Spot shortcut = at.child("shortcut");
        Map<String, Boolean> known = new HashMap<>(Map.of("project", true, "match", false));
        Boolean project = at.has("shortcut") ? known.get(shortcut.json().asText()) : Boolean.TRUE;
        if (project == null) {
            shortcut.unknown("shortcut", shortcut.json().asText(), () -> new TreeSet<>(known.keySet()));
        }
        List<Item> layers = sequence(at.child("layers"), 1, names);
        return project == null ? null : new Item.OfResidual(head, layers, project);
    }

    private @Nullable Item original(Spot at, Item.Head head) {
        at.only(with("op"));
        return replacing
                ? new Item.OfOriginal(head)
                : at.child("op").wrong("'original' stands only in the replacement of a model's layer");
    }

    private static void one(Spot at) {
        if (inputs(at) != 1) {
            at.child("inputs").wrong("must be the name of one item, not of " + inputs(at));
        }
    }

    /** How many an item says that it takes, also where they could not be read. */
    private static int inputs(Spot at) {
        JsonNode inputs = at.child("inputs").json();
        return inputs.isArray() ? inputs.size() : 1;
    }

    private static List<String> with(String... more) {
        List<String> all = new ArrayList<>(List.of(more));
        all.addAll(HEAD);
        return all;
    }

    private Item.Head head(Spot at, Lexicon.Names names) {
        List<String> inputs = null;
        if (at.has("inputs")) {
            inputs = at.child("inputs").items(1, MOST_INPUTS).stream()
                    .map(each -> ValueReader.reference(each, names))
                    .filter(Objects::nonNull)
                    .toList();
        }
        Item.Guard when = at.has("when") ? values.guard(at.child("when")) : null;
        Item.Head head = new Item.Head(at.pointer(), at.child("name").name(), when, inputs);
        if (!at.has("op")) {
            one(at);
        }
        return head;
    }
}
