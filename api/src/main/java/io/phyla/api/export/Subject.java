package io.phyla.api.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.evaluators.weights.Weights;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Shape;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Something with a network that can be taken home: everything an exporter may write. Exporters know no kinds of it. */
public interface Subject {

    /** A text that is another one whenever a file of this subject would have other bytes. */
    String identity();

    /** What it is, in words. */
    String title();

    /** Of its files, without extension. */
    String fileName();

    /** A layer by itself is a network of one layer, see {@link #program}. */
    Network network();

    /** The layer that it is, if it is one and no network. */
    default Optional<LayerProgram> program() {
        return Optional.empty();
    }

    /** The same layer on tensors of another shape; a network has its own and stays as it is. */
    default Subject at(Shape shape) {
        return this;
    }

    /** Costs of the layer that were measured here, newest last. */
    default List<JsonNode> costs() {
        return List.of();
    }

    /**
     * Its numbers; drawn or read now, so only where they are needed.
     *
     * @throws IllegalArgumentException if they are more than this process can hold
     */
    Weights weights() throws IOException;

    /** Which numbers these are, in a sentence without an end: {@code initial weights drawn with seed 7}. */
    String weightsOrigin();

    /** Its JSON form but for network and costs: {@code format} first, {@code provenance} among its members. */
    ObjectNode json();

    /** Adds what is particular about it: where it comes from, how it was measured, how to make it again. */
    void report(Markdown report);
}
