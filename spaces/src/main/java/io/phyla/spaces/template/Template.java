package io.phyla.spaces.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.spaces.Bound;
import io.phyla.spaces.design.Shape;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A document that was read.
 *
 * @param decisions shared ones in an order in which a condition names only earlier ones
 */
record Template(
        String name,
        Shape input,
        Map<String, Shared> decisions,
        Map<String, Block> blocks,
        List<Item> layers,
        List<Bound> constraints) {

    /** A decision under a name that several places can use. */
    record Shared(
            String pointer,
            List<JsonNode> options,
            @Nullable String unit,
            Item.@Nullable Guard when) {}

    /**
     * A sequence with parameters.
     *
     * @param parameters with their defaults; null for those that must be given
     * @param builtIn whether its text is none of the document's
     */
    record Block(String pointer, Map<String, @Nullable Value> parameters, List<Item> layers, boolean builtIn) {}
}
