package io.phyla.api.export.subject;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.evaluators.weights.SafeTensors;
import io.phyla.evaluators.weights.Weights;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.NetworkCost;
import io.phyla.spaces.schema.Json;
import java.io.IOException;
import java.nio.file.Path;

/** Where a subject's numbers come from. */
public sealed interface WeightSource {

    /** Drawn as for a training that starts from this seed. */
    record Initial(long seed) implements WeightSource {}

    /** What a training left. */
    record Trained(String training, String sha256, Path file) implements WeightSource {}

    /** What an uploaded model brought along. */
    record Uploaded(String model, String sha256, Path file) implements WeightSource {}

    /** A writer holds them up to four times: as drawn, as kept, and in the parts of its file. */
    static long mostNumbers() {
        return Runtime.getRuntime().maxMemory() / Float.BYTES / 4;
    }

    /** @throws IllegalArgumentException if they are more than this process can hold */
    default Weights of(Network network) throws IOException {
        long numbers = NetworkCost.of(network).params();
        if (numbers > mostNumbers()) {
            throw new IllegalArgumentException("the network has " + numbers + " weights, and a service with "
                    + (Runtime.getRuntime().maxMemory() >> 20) + " MiB of memory writes at most " + mostNumbers()
                    + "; formats without weights can be had");
        }
        return switch (this) {
            case Initial initial -> Weights.initial(network, initial.seed());
            case Trained trained -> SafeTensors.read(trained.file(), network);
            case Uploaded uploaded -> SafeTensors.read(uploaded.file(), network);
        };
    }

    default String words() {
        return switch (this) {
            case Initial initial -> "initial weights, drawn with seed " + initial.seed() + " and not trained";
            case Trained trained -> "the weights of training " + trained.training() + ", SHA-256 " + trained.sha256();
            case Uploaded uploaded ->
                "the weights of the uploaded model " + uploaded.model() + ", SHA-256 " + uploaded.sha256();
        };
    }

    /** The contract's {@code WeightSource}; the seed is a text because not every reader of JSON keeps 64 bits. */
    default ObjectNode json() {
        ObjectNode json = Json.MAPPER.createObjectNode();
        return switch (this) {
            case Initial initial -> json.put("origin", "initial").put("seed", Long.toString(initial.seed()));
            case Trained trained ->
                json.put("origin", "training")
                        .put("training", trained.training())
                        .put("sha256", trained.sha256());
            case Uploaded uploaded ->
                json.put("origin", "model").put("model", uploaded.model()).put("sha256", uploaded.sha256());
        };
    }
}
