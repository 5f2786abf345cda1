package io.phyla.spaces.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads values, decisions and conditions. */
final class ValueReader {

    private static final List<String> FORMS = List.of("choice", "int", "decision", "parameter", "shape", "mul", "div");
    private static final int MOST_OPERANDS = 8;

    private final Lexicon lexicon;

    ValueReader(Lexicon lexicon) {
        this.lexicon = lexicon;
    }

    /**
     * A value, or null after saying what is wrong.
     *
     * @param member what it must fit; null if that is known only where it is used
     */
    @Nullable
    Value read(Spot at, @Nullable Member member, Lexicon.Names names) {
        if (!at.json().isObject()) {
            return literal(at, member) == null ? null : new Value.Literal(at.pointer(), at.json());
        }
        List<String> forms = FORMS.stream().filter(at::has).toList();
        if (forms.size() != 1) {
            return at.wrong("a value that is no number, word or flag has exactly one of the members "
                    + String.join(", ", FORMS) + (forms.isEmpty() ? "" : ", not " + String.join(" and ", forms)));
        }
        return switch (forms.getFirst()) {
            case "choice", "int" -> choice(at, member);
            case "decision" -> decided(at);
            case "parameter" -> parameter(at);
            case "shape" -> dimension(at, names);
            case "mul" -> arithmetic(at, "mul", 2, MOST_OPERANDS, names);
            default -> arithmetic(at, "div", 2, 2, names);
        };
    }

    private static @Nullable JsonNode literal(Spot at, @Nullable Member member) {
        if (!Literals.is(at.json())) {
            String right = "must be a number, a word, true or false, [height,width], or an object such as "
                    + "{\"choice\": [...]}";
            return at.wrong(right + ", not " + at.kind());
        }
        String fault = member == null ? null : member.fault(at.json());
        return fault == null ? at.json() : at.wrong(fault);
    }

    private Value.@Nullable Choice choice(Spot at, @Nullable Member member) {
        at.only(at.has("int") ? List.of("int", "step", "name", "unit") : List.of("choice", "name", "unit"));
        List<JsonNode> options = options(at, member);
        String name = at.child("name").name();
        String unit = at.child("unit").name();
        return options == null ? null : new Value.Choice(at.pointer(), options, name, unit);
    }

    /** The options of a {@code choice} or an {@code int}. */
    static @Nullable List<JsonNode> options(Spot at, @Nullable Member member) {
        return at.has("int") ? range(at, member) : listed(at.child("choice"), member);
    }

    private static @Nullable List<JsonNode> listed(Spot at, @Nullable Member member) {
        List<Spot> items = at.items(1, Limits.OPTIONS);
        List<JsonNode> options = new ArrayList<>();
        Set<String> texts = new TreeSet<>();
        for (Spot item : items) {
            JsonNode option = literal(item, member);
            if (option != null && !texts.add(Literals.text(option))) {
                item.wrong("this option stands in the list twice");
            } else if (option != null) {
                options.add(option);
            }
        }
        return items.isEmpty() || options.size() < items.size() ? null : options;
    }

    private static @Nullable List<JsonNode> range(Spot at, @Nullable Member member) {
        List<Spot> ends = at.child("int").items(2, 2);
        if (ends.isEmpty()) {
            return null;
        }
        long min = whole(ends.getFirst(), -1_000_000_000, 1_000_000_000);
        long max = whole(ends.getLast(), -1_000_000_000, 1_000_000_000);
        long step = at.has("step") ? whole(at.child("step"), 1, 1_000_000_000) : 1;
        if (min == Long.MIN_VALUE || max == Long.MIN_VALUE || step == Long.MIN_VALUE) {
            return null;
        }
        if (max < min) {
            return at.child("int").wrong("the range ends at " + max + ", before its beginning " + min);
        }
        long count = (max - min) / step + 1;
        if (count > Limits.OPTIONS) {
            return at.child("int")
                    .wrong(count + " options are more than " + Limits.OPTIONS + "; give a step of at least "
                            + ((max - min) / (Limits.OPTIONS - 1) + 1));
        }
        List<JsonNode> options = new ArrayList<>();
        for (long value = min; value <= max; value += step) {
            options.add(Literals.number(value));
        }
        if (member != null) {
            for (Spot end : ends) {
                String fault = member.fault(end.json());
                if (fault != null) {
                    return end.wrong(fault);
                }
            }
        }
        return options;
    }

    /** The whole number, or {@code Long.MIN_VALUE} after saying that there is none. */
    private static long whole(Spot at, long min, long max) {
        double value = at.json().doubleValue();
        if (at.json().isNumber() && value == Math.rint(value) && value >= min && value <= max) {
            return (long) value;
        }
        at.wrong("must be a whole number from " + min + " to " + max + ", not " + at.kind());
        return Long.MIN_VALUE;
    }

    private @Nullable Value decided(Spot at) {
        at.only(List.of("decision"));
        return decision(at.child("decision"));
    }

    private Value.@Nullable Decided decision(Spot at) {
        String name = at.json().asText();
        if (!at.json().isTextual() || !lexicon.decisions().containsKey(name)) {
            return at.json().isTextual()
                    ? at.unknown(
                            "shared decision",
                            name,
                            () -> new TreeSet<>(lexicon.decisions().keySet()))
                    : at.wrong("must be the name of a shared decision, not " + at.kind());
        }
        lexicon.uses().decisions.add(name);
        return new Value.Decided(at.pointer(), name);
    }

    private @Nullable Value parameter(Spot at) {
        at.only(List.of("parameter"));
        return named(at.child("parameter"));
    }

    private Value.@Nullable Parameter named(Spot at) {
        String name = at.json().asText();
        if (lexicon.block() == null) {
            return at.wrong("only blocks have parameters");
        }
        if (!at.json().isTextual() || !lexicon.parameters().containsKey(name)) {
            return at.json().isTextual()
                    ? at.unknown(
                            "parameter",
                            name,
                            () -> new TreeSet<>(lexicon.parameters().keySet()))
                    : at.wrong("must be the name of a parameter, not " + at.kind());
        }
        lexicon.uses().parameters.add(lexicon.block() + "." + name);
        return new Value.Parameter(at.pointer(), name);
    }

    private @Nullable Value dimension(Spot at, Lexicon.Names names) {
        at.only(List.of("shape", "of"));
        List<String> axes = Stream.of(Value.Axis.values())
                .map(each -> each.name().toLowerCase(Locale.ROOT))
                .toList();
        Spot shape = at.child("shape");
        int axis = axes.indexOf(shape.json().asText());
        if (axis < 0 || !shape.json().isTextual()) {
            return shape.json().isTextual()
                    ? shape.unknown("dimension", shape.json().asText(), () -> axes)
                    : shape.wrong("must be one of " + String.join(", ", axes) + ", not " + shape.kind());
        }
        String of = at.has("of") ? reference(at.child("of"), names) : null;
        return at.has("of") && of == null ? null : new Value.Dimension(at.pointer(), Value.Axis.values()[axis], of);
    }

    /** The name of an earlier item; null after saying that there is none. */
    static @Nullable String reference(Spot at, Lexicon.Names names) {
        if (!at.json().isTextual()) {
            return at.wrong("must be the name of an earlier item, not " + at.kind());
        }
        String name = at.json().asText();
        return names.knows(name) ? name : at.unknown("earlier item", name, names::all);
    }

    private @Nullable Value arithmetic(Spot at, String form, int min, int max, Lexicon.Names names) {
        at.only(List.of(form));
        List<Spot> items = at.child(form).items(min, max);
        List<Value> operands = new ArrayList<>();
        for (Spot item : items) {
            if (!item.json().isObject() && !item.json().isNumber()) {
                item.wrong("must be a number or an object that stands for one, not " + item.kind());
                continue;
            }
            Value operand = read(item, null, names);
            if (operand != null) {
                operands.add(operand);
            }
        }
        return items.isEmpty() || operands.size() < items.size()
                ? null
                : new Value.Arithmetic(at.pointer(), form.equals("mul"), operands);
    }

    /** The condition of an item or a shared decision; null after saying what is wrong. */
    Item.@Nullable Guard guard(Spot at) {
        if (!at.object()) {
            return null;
        }
        at.only(List.of("decision", "parameter", "is", "is_not"));
        if (at.has("decision") == at.has("parameter") || at.has("is") == at.has("is_not")) {
            return at.wrong("a condition names a decision or a parameter, and what it is or is_not, such as "
                    + "{\"decision\": \"attention\", \"is\": \"yes\"}");
        }
        Value subject = at.has("decision") ? decision(at.child("decision")) : named(at.child("parameter"));
        Spot given = at.child(at.has("is") ? "is" : "is_not");
        List<Spot> options = given.json().isArray() ? given.items(1, Limits.OPTIONS) : List.of(given);
        Set<String> texts = new TreeSet<>();
        boolean sound = subject != null && !options.isEmpty();
        for (Spot option : options) {
            sound &= literal(option, null) != null
                    && (!(subject instanceof Value.Decided decided) || known(option, decided));
            texts.add(Literals.is(option.json()) ? Literals.text(option.json()) : "");
        }
        return sound && subject != null ? new Item.Guard(at.pointer(), subject, texts, at.has("is_not")) : null;
    }

    private boolean known(Spot option, Value.Decided decided) {
        Template.Shared shared = lexicon.decisions().get(decided.decision());
        List<String> options = shared == null
                ? List.of()
                : shared.options().stream().map(Literals::text).toList();
        // A decision that could not be read itself has no options to compare with.
        if (options.isEmpty() || options.contains(Literals.text(option.json()))) {
            return true;
        }
        option.unknown("option of " + decided.decision(), Literals.text(option.json()), () -> options);
        return false;
    }
}
