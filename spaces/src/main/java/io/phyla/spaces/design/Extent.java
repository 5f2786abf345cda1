package io.phyla.spaces.design;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** A number for each direction of a map: a kernel, a stride, a padding. In JSON one number if both are equal, else [height,width]. */
public record Extent(int height, int width) {

    public static final Extent ZERO = of(0);
    public static final Extent ONE = of(1);

    public static Extent of(int both) {
        return new Extent(both, both);
    }

    /** @throws IllegalArgumentException if it is neither a whole number nor two of them */
    @JsonCreator
    static Extent read(JsonNode json) {
        if (json.canConvertToInt() && json.isIntegralNumber()) {
            return of(json.intValue());
        }
        if (json instanceof ArrayNode array
                && array.size() == 2
                && array.get(0).isInt()
                && array.get(1).isInt()) {
            return new Extent(array.get(0).intValue(), array.get(1).intValue());
        }
        throw new IllegalArgumentException("must be a whole number or [height,width], not " + json);
    }

    @JsonValue
    JsonNode json() {
        return square()
                ? IntNode.valueOf(height)
                : JsonNodeFactory.instance.arrayNode().add(height).add(width);
    }

    public boolean square() {
        return height == width;
    }

    boolean least(int bound) {
        return height >= bound && width >= bound;
    }

    @Override
    public String toString() {
        return square() ? String.valueOf(height) : height + "x" + width;
    }
}
