package io.phyla.api.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A parameter as the contract describes it.
 *
 * @param byDefault its value if it is left out; null if it then has none
 */
public record Parameter(
        String name,
        In in,
        boolean required,
        Kind kind,
        @Nullable Object byDefault) {

    private static final Set<String> KEYWORDS = Set.of(
            "type",
            "minimum",
            "maximum",
            "pattern",
            "enum",
            "minLength",
            "maxLength",
            "default",
            "description",
            "additionalProperties");

    /** Where in the request it stands. */
    public enum In {
        PATH,
        QUERY,
        HEADER
    }

    /** What it may be. */
    sealed interface Kind {

        /** A whole number between two. */
        record Whole(long min, long max) implements Kind {}

        /** One of these words. */
        record Word(List<String> words) implements Kind {}

        /** A text of some form. */
        record Text(@Nullable Pattern pattern, int min, int max) implements Kind {}

        /** Any names that no other parameter has, each with a text; whoever reads them refuses what is unknown. */
        record Open() implements Kind {}
    }

    /** A text that is not what the parameter takes; the message says what it takes. */
    public static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        Refused(String message) {
            super(message, null, false, false);
        }
    }

    /**
     * @param json the Parameter Object
     * @param schema its schema, references resolved
     * @throws IllegalStateException if the contract asks for more than is checked here
     */
    static Parameter of(JsonNode json, JsonNode schema) {
        String name = json.path("name").asText();
        schema.fieldNames().forEachRemaining(keyword -> {
            if (!KEYWORDS.contains(keyword)) {
                throw new IllegalStateException("parameter " + name + ": keyword " + keyword + " is not checked");
            }
        });
        Kind kind = kind(schema);
        JsonNode value = schema.path("default");
        Object byDefault = null;
        if (!value.isMissingNode()) {
            byDefault = value.isIntegralNumber() ? (Object) value.asLong() : value.asText();
        }
        In in = In.valueOf(json.path("in").asText().toUpperCase(Locale.ROOT));
        return new Parameter(name, in, json.path("required").asBoolean(), kind, byDefault);
    }

    private static Kind kind(JsonNode schema) {
        if (schema.path("type").asText().equals("integer")) {
            return new Kind.Whole(
                    schema.path("minimum").asLong(Long.MIN_VALUE),
                    schema.path("maximum").asLong(Long.MAX_VALUE));
        }
        if (schema.path("type").asText().equals("object")) {
            return new Kind.Open();
        }
        if (schema.has("enum")) {
            return new Kind.Word(StreamSupport.stream(schema.get("enum").spliterator(), false)
                    .map(JsonNode::asText)
                    .toList());
        }
        String pattern = schema.path("pattern").asText();
        return new Kind.Text(
                pattern.isEmpty() ? null : Pattern.compile(pattern),
                schema.path("minLength").asInt(0),
                schema.path("maxLength").asInt(Integer.MAX_VALUE));
    }

    /** A {@link Long} or a {@link String}. */
    Object read(String text) {
        return switch (kind) {
            case Kind.Whole whole -> whole(text, whole);
            case Kind.Word word -> {
                if (!word.words().contains(text)) {
                    throw refused("one of " + String.join(", ", word.words()), text);
                }
                yield text;
            }
            case Kind.Text form -> {
                if (form.pattern() != null && !form.pattern().matcher(text).find()) {
                    throw refused("a text like " + form.pattern(), text);
                }
                if (text.length() < form.min() || text.length() > form.max()) {
                    throw refused("a text of " + form.min() + " to " + form.max() + " characters", text);
                }
                yield text;
            }
            case Kind.Open _ -> text;
        };
    }

    /** Whether it stands for all names that no other parameter has. */
    boolean isOpen() {
        return kind instanceof Kind.Open;
    }

    private static long whole(String text, Kind.Whole whole) {
        try {
            long value = Long.parseLong(text);
            if (value >= whole.min() && value <= whole.max()) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw refused(range(whole), text);
        }
        throw refused(range(whole), text);
    }

    private static String range(Kind.Whole whole) {
        return whole.max() == Long.MAX_VALUE
                ? "a whole number from " + whole.min()
                : "a whole number from " + whole.min() + " to " + whole.max();
    }

    private static Refused refused(String right, String wrong) {
        String shown = wrong.length() <= 60 ? wrong : wrong.substring(0, 60) + "...";
        return new Refused("must be " + right + ", not '" + shown + "'");
    }
}
