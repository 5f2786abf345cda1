package io.phyla.api.space;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.api.upload.SpaceStore;
import io.phyla.spaces.schema.Json;
import io.phyla.spaces.template.TemplateProvider;
import java.util.Optional;

/**
 * Puts what is named in a document into it, so that it means the same everywhere and for ever: a stored space for its id, and
 * uploaded models beside the items that use them. A name that stands for nothing is left to whoever reads the document.
 */
public final class SpaceReferences {

    private static final int MOST_MODELS = 8;
    private static final int DEEPEST = 64;

    private final SpaceStore spaces;

    public SpaceReferences(SpaceStore spaces) {
        this.spaces = spaces;
    }

    /** A search document with its space's document in it. */
    public JsonNode search(JsonNode search) {
        JsonNode space = search.path("space");
        if (!(search instanceof ObjectNode) || !space.path("name").asText().equals(TemplateProvider.NAME)) {
            return search;
        }
        JsonNode id = space.at("/parameters/id");
        JsonNode given = space.at("/parameters/document");
        boolean byId = !id.isMissingNode() && !id.isNull();
        Optional<JsonNode> document = byId
                ? spaces.find(id.asText()).map(spaces::document)
                : Optional.of(given).filter(JsonNode::isObject).map(this::space);
        if (document.isEmpty() || byId && !given.isMissingNode()) {
            return search;
        }
        ObjectNode whole = search.deepCopy();
        ObjectNode parameters = (ObjectNode) whole.at("/space/parameters");
        parameters.remove("id");
        parameters.set("document", document.get());
        return whole;
    }

    /** A space document with the networks of the uploaded models it uses. */
    public JsonNode space(JsonNode document) {
        if (!(document instanceof ObjectNode)) {
            return document;
        }
        ObjectNode models =
                document.path("models") instanceof ObjectNode given ? given.deepCopy() : Json.MAPPER.createObjectNode();
        int before = models.size();
        collect(document.path("layers"), models, 0);
        collect(document.path("blocks"), models, 0);
        if (models.size() == before) {
            return document;
        }
        ObjectNode whole = document.deepCopy();
        whole.set("models", models);
        return whole;
    }

    private void collect(JsonNode json, ObjectNode models, int depth) {
        if (depth > DEEPEST || models.size() >= MOST_MODELS) {
            return;
        }
        String id = json.path("op").asText().equals("model") ? json.path("id").asText() : "";
        if (!id.isEmpty() && !models.has(id)) {
            spaces.network(id).ifPresent(network -> models.set(id, plain(network)));
        }
        json.forEach(each -> collect(each, models, depth + 1));
    }

    /** Without shapes and costs, which follow from the rest. */
    private static ObjectNode plain(JsonNode network) {
        ObjectNode plain = Json.MAPPER.createObjectNode();
        var nodes = plain.putArray("nodes");
        for (JsonNode node : network.path("nodes")) {
            ObjectNode copy = node.deepCopy();
            copy.remove("params");
            copy.remove("macs");
            if (!copy.path("op").asText().equals("input")) {
                copy.remove("shape");
            }
            nodes.add(copy);
        }
        return plain;
    }
}
