package io.phyla.spaces.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.spaces.design.Extent;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.schema.Nearest;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A member of a layer: what it may be.
 *
 * @param type the type of the layer's component: int, double, boolean, {@link Extent}, {@link LayerProgram} or an enum
 * @param words the constants of the enum, the programs that have names, or the words that stand for a number found out when the layer is built
 * @param byDefault null if it must be given
 */
record Member(
        String name,
        Class<?> type,
        double min,
        double max,
        List<String> words,
        @Nullable JsonNode byDefault,
        String description) {

    /** What is wrong with a value for this member and what would be right; null if nothing is. */
    @Nullable
    String fault(JsonNode json) {
        if (json.isTextual() && !words.isEmpty()) {
            return words.contains(json.asText()) ? null : Nearest.unknown(name, json.asText(), words);
        }
        if (type == boolean.class) {
            return json.isBoolean() ? null : not("true or false", json);
        }
        if (type == LayerProgram.class && json.isObject()) {
            return null;
        }
        if (type.isEnum() || type == LayerProgram.class) {
            return not("one of " + String.join(", ", words), json);
        }
        if (json.isNumber()) {
            return range(json);
        }
        if (type == Extent.class && json.isArray() && json.size() == 2) {
            String height = json.get(0).isNumber() ? range(json.get(0)) : not(right(), json.get(0));
            return height != null ? height : json.get(1).isNumber() ? range(json.get(1)) : not(right(), json.get(1));
        }
        return not(right(), json);
    }

    private @Nullable String range(JsonNode json) {
        double value = json.doubleValue();
        boolean whole = type == double.class || value == Math.rint(value);
        return whole && value >= min && value <= max ? null : not(right(), json);
    }

    private String right() {
        String number = (type == double.class ? "a number from " : "a whole number from ")
                + Literals.number(min).asText() + " to " + Literals.number(max).asText();
        return number
                + (type == Extent.class ? ", or two of them as [height,width]" : "")
                + (words.isEmpty() ? "" : ", or " + String.join(" or ", words));
    }

    private String not(String right, JsonNode json) {
        return name + " must be " + right + ", not " + Literals.kind(json);
    }

    /** A value without fault as the layer's component takes it; a word that is no constant stays a string. */
    Object value(JsonNode json) {
        if (type == LayerProgram.class) {
            return ProgramForm.program(json);
        }
        if (json.isTextual()) {
            return type.isEnum() ? Objects.requireNonNull(constant(json.asText())) : json.asText();
        }
        if (type == Extent.class) {
            return json.isArray()
                    ? new Extent(json.get(0).intValue(), json.get(1).intValue())
                    : Extent.of(json.intValue());
        }
        if (type == boolean.class) {
            return json.booleanValue();
        }
        return type == double.class ? (Object) json.doubleValue() : (Object) json.intValue();
    }

    private @Nullable Object constant(String word) {
        Object[] constants = type.getEnumConstants();
        return constants == null ? null : constants[words.indexOf(word)];
    }
}
