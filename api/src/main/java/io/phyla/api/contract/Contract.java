package io.phyla.api.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.api.security.Role;
import io.phyla.spaces.schema.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The published contract. Routes, parameters, media types and roles of the running service are read from it. */
public final class Contract {

    private static final String RESOURCE = "/openapi.yaml";
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    private final String yaml;
    private final JsonNode json;
    private final Map<PathTemplate, Map<String, Operation>> paths = new LinkedHashMap<>();

    private Contract(String yaml) {
        this.yaml = yaml;
        Object tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
        json = Json.MAPPER.valueToTree(tree);
        for (Map.Entry<String, JsonNode> path : json.path("paths").properties()) {
            paths.put(new PathTemplate(path.getKey()), operations(path.getValue()));
        }
    }

    /** Reads the contract from the class path. */
    public static Contract load() {
        try (InputStream in = Contract.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is not on the class path");
            }
            return new Contract(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE + " cannot be read", e);
        }
    }

    /** The text as published. */
    public String yaml() {
        return yaml;
    }

    /** The version of contract and program. */
    public String version() {
        return json.path("info").path("version").asText();
    }

    /** The text as a tree. */
    public ObjectNode json() {
        return json.deepCopy();
    }

    /** All operations. */
    public List<Operation> operations() {
        return paths.values().stream().flatMap(each -> each.values().stream()).toList();
    }

    /** The operations at a path by method, with the path's parameters; empty if there is no such path. */
    public Optional<Match> find(String path) {
        for (Map.Entry<PathTemplate, Map<String, Operation>> each : paths.entrySet()) {
            Optional<Map<String, String>> values = each.getKey().match(path);
            if (values.isPresent()) {
                return Optional.of(new Match(each.getValue(), values.get()));
            }
        }
        return Optional.empty();
    }

    /** A path of the contract. */
    public record Match(Map<String, Operation> operations, Map<String, String> parameters) {}

    private Map<String, Operation> operations(JsonNode item) {
        Map<String, Operation> operations = new TreeMap<>();
        for (Map.Entry<String, JsonNode> each : item.properties()) {
            if (METHODS.contains(each.getKey())) {
                String method = each.getKey().toUpperCase(Locale.ROOT);
                operations.put(method, operation(method, item, each.getValue()));
            }
        }
        return operations;
    }

    private Operation operation(String method, JsonNode item, JsonNode operation) {
        List<Parameter> parameters = new ArrayList<>();
        item.path("parameters").forEach(each -> parameters.add(parameter(resolve(each))));
        operation.path("parameters").forEach(each -> parameters.add(parameter(resolve(each))));
        String id = operation.path("operationId").asText();
        String role = operation.path("x-role").asText();
        return new Operation(
                id,
                method,
                role.isEmpty()
                        ? null
                        : Role.named(role).orElseThrow(() -> new IllegalStateException(id + ": no role " + role)),
                parameters,
                resolve(operation.path("requestBody")).path("content").properties().stream()
                        .map(Map.Entry::getKey)
                        .toList(),
                produces(operation));
    }

    private List<String> produces(JsonNode operation) {
        Set<String> types = new LinkedHashSet<>();
        for (Map.Entry<String, JsonNode> response : operation.path("responses").properties()) {
            if (response.getKey().startsWith("2")) {
                resolve(response.getValue()).path("content").fieldNames().forEachRemaining(types::add);
            }
        }
        return List.copyOf(types);
    }

    private Parameter parameter(JsonNode parameter) {
        return Parameter.of(parameter, resolve(parameter.path("schema")));
    }

    private JsonNode resolve(JsonNode node) {
        String reference = node.path("$ref").asText();
        return reference.isEmpty() ? node : json.at(reference.substring(1));
    }
}
