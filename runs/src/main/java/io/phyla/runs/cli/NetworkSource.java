package io.phyla.runs.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.spaces.design.NetworkJson;
import io.phyla.spaces.schema.Json;
import io.phyla.spaces.zoo.Zoo;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where commands take networks from: a file, or {@code zoo:} and a name. */
final class NetworkSource {

    /** How options describe it. */
    static final String DESCRIPTION =
            "A network, or an export that has one, as a JSON file; or zoo:NAME such as zoo:resnet20.";

    private static final String ZOO = "zoo:";

    private NetworkSource() {}

    /**
     * The network's layers under {@code nodes} and nothing else.
     *
     * @param classes of a network of the zoo, if not as published
     * @throws IllegalArgumentException if nothing of it is a network
     */
    static ObjectNode read(String source, Optional<Integer> classes) throws IOException {
        if (source.startsWith(ZOO)) {
            return NetworkJson.write(Zoo.network(source.substring(ZOO.length()), classes.orElse(null)));
        }
        if (classes.isPresent()) {
            throw new IllegalArgumentException("--classes goes with a network of the zoo, not with a file");
        }
        JsonNode json = json(Path.of(source), "a network");
        JsonNode network = json.path("network").isObject() ? json.get("network") : json;
        if (!network.path("nodes").isArray()) {
            throw new IllegalArgumentException(
                    source + " holds no network: neither it nor its member 'network' has layers under 'nodes'");
        }
        ObjectNode bare = Json.MAPPER.createObjectNode();
        bare.set("nodes", network.get("nodes"));
        return bare;
    }

    /** What it is called for people. */
    static String name(String source) {
        return source.startsWith(ZOO)
                ? source.substring(ZOO.length())
                : String.valueOf(Path.of(source).getFileName());
    }

    /** @param what is expected in the file */
    static JsonNode json(Path file, String what) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IllegalArgumentException(file + " is a directory, not " + what);
        }
        try {
            return Json.MAPPER.readTree(Files.readString(file));
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(file + " is no UTF-8 text", e);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    file + " is no JSON: " + e.getOriginalMessage() + " (line "
                            + e.getLocation().getLineNr() + ")",
                    e);
        }
    }
}
