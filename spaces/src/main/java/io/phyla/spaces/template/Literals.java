package io.phyla.spaces.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;

/** Plain values in documents: a number, a word, true or false, or a pair of numbers for height and width. */
final class Literals {

    private static final int LONGEST_SHOWN = 40;
    private static final double MOST_EXACT = 1L << 53;

    private Literals() {}

    static boolean is(JsonNode json) {
        return json.isTextual() && word(json.asText())
                || json.isBoolean()
                || json.isNumber() && Double.isFinite(json.doubleValue())
                || json.isArray()
                        && json.size() == 2
                        && json.get(0).isNumber()
                        && json.get(1).isNumber();
    }

    private static boolean word(String text) {
        return !text.isEmpty()
                && text.length() <= Limits.NAME
                && text.codePoints().noneMatch(Sizes::unwritable);
    }

    /** The name of the value as an option. */
    static String text(JsonNode json) {
        return json.isArray()
                ? json.get(0).asText() + "x" + json.get(1).asText()
                : json.isNumber() ? number(json.doubleValue()).asText() : json.asText();
    }

    /** A number as documents write it: whole without a fraction. */
    static JsonNode number(double value) {
        if (value != Math.rint(value) || Math.abs(value) > MOST_EXACT) {
            return DoubleNode.valueOf(value);
        }
        return Math.abs(value) <= Integer.MAX_VALUE ? IntNode.valueOf((int) value) : LongNode.valueOf((long) value);
    }

    static String kind(JsonNode json) {
        return switch (json.getNodeType()) {
            case OBJECT -> "an object";
            case ARRAY -> "an array";
            case STRING -> "the string " + shown(json);
            case NUMBER -> "the number " + shown(json);
            case BOOLEAN -> json.toString();
            case NULL, MISSING -> "null";
            case BINARY, POJO -> "binary data";
        };
    }

    static String shown(JsonNode json) {
        String text = json.toString();
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "...";
    }
}
