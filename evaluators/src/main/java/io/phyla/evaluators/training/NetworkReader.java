package io.phyla.evaluators.training;

import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.evaluators.engine.Parameter;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.NetworkJson;
import io.phyla.spaces.schema.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Networks that somebody sent or registered, whatever is in them. */
final class NetworkReader {

    /** More than any network that can be trained on one machine, and a small memory while it is read. */
    private static final int MOST_LAYERS = 10_000;

    private NetworkReader() {}

    /**
     * Reads a network of which no tensor is more than one array holds.
     *
     * @param pointer where the JSON stands
     * @param problems takes what is wrong
     * @return null if something was wrong
     */
    static @Nullable Network read(JsonNode json, String pointer, List<Problem> problems) {
        JsonNode nodes = json.path("nodes");
        if (!nodes.isArray() || nodes.isEmpty() || nodes.size() > MOST_LAYERS) {
            String text = "must be an array of 1 to " + MOST_LAYERS + " layers"
                    + (nodes.isArray() ? ", not of " + nodes.size() : "");
            problems.add(new Problem(pointer + "/nodes", text));
            return null;
        }
        try {
            Network network = NetworkJson.read(json);
            checkSizes(network);
            return network;
        } catch (IllegalArgumentException e) {
            problems.add(new Problem(pointer, String.valueOf(e.getMessage())));
            return null;
        }
    }

    /** @throws IllegalArgumentException if anything of it is more than one array holds */
    private static void checkSizes(Network network) {
        for (int i = 0; i < network.nodes().size(); i++) {
            if (network.shapes().get(i).elements() > Integer.MAX_VALUE) {
                throw new IllegalArgumentException(
                        "layer '" + network.nodes().get(i).name() + "': its "
                                + network.shapes().get(i) + " numbers are more than an array can hold");
            }
        }
        try {
            Parameter.of(network);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("the weights of a layer are more than an array can hold", e);
        }
    }

    /** Whether any weights lead to the output. */
    static boolean learns(Network network) {
        boolean[] learning = new boolean[network.nodes().size()];
        Parameter.of(network).forEach(each -> learning[each.node()] = true);
        for (int i = 0; i < learning.length; i++) {
            for (int input : network.nodes().get(i).inputs()) {
                learning[i] |= learning[input];
            }
        }
        return learning[learning.length - 1];
    }
}
