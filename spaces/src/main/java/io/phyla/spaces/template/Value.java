package io.phyla.spaces.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a document has where a layer has a number, a word or a flag. */
sealed interface Value {

    /** Where it stands. */
    String pointer();

    /** The value itself. */
    record Literal(String pointer, JsonNode json) implements Value {}

    /**
     * A decision made here.
     *
     * @param name what it is called instead of the member it stands at
     * @param unit what it mutates with, among decisions of the same sequence
     */
    record Choice(
            String pointer,
            List<JsonNode> options,
            @Nullable String name,
            @Nullable String unit) implements Value {}

    /** A shared decision. */
    record Decided(String pointer, String decision) implements Value {}

    /** What the block was used with. */
    record Parameter(String pointer, String parameter) implements Value {}

    /**
     * A dimension of a map.
     *
     * @param of the name of an earlier item; null for the item's own input
     */
    record Dimension(String pointer, Axis axis, @Nullable String of) implements Value {}

    /** Which dimension. */
    enum Axis {
        CHANNELS,
        HEIGHT,
        WIDTH
    }

    /** A product, or the quotient of two rounded up to a whole number. */
    record Arithmetic(String pointer, boolean product, List<Value> operands) implements Value {}
}
