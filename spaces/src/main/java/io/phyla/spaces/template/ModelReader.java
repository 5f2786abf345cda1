package io.phyla.spaces.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.NetworkJson;
import io.phyla.spaces.schema.Json;
import io.phyla.spaces.schema.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads a use of an uploaded model: which layers, and what takes the place of some. */
final class ModelReader {

    private static final int MOST_REPLACEMENTS = 64;

    private final Lexicon lexicon;

    ModelReader(Lexicon lexicon) {
        this.lexicon = lexicon;
    }

    /** A model embedded in the document. */
    static @Nullable Network network(Spot at) {
        if (!at.object()) {
            return null;
        }
        Spot nodes = at.child("nodes");
        if (nodes.items(2, Limits.LAYERS).isEmpty()) {
            return null;
        }
        try {
            return NetworkJson.read(at.json());
        } catch (IllegalArgumentException e) {
            return at.wrong(String.valueOf(e.getMessage()));
        }
    }

    @Nullable
    Item read(Spot at, Item.Head head, Lexicon.Names names) {
        List<String> known = new ArrayList<>(List.of("op", "id", "from", "until", "replace"));
        known.addAll(ItemReader.HEAD);
        at.only(known);
        Spot id = at.child("id");
        if (!id.json().isTextual()) {
            return id.wrong("must be the id of an uploaded model, not " + id.kind());
        }
        Network network = lexicon.models().get(id.json().asText());
        if (network == null) {
            return id.wrong(Nearest.unknown(
                            "model",
                            id.json().asText(),
                            new TreeSet<>(lexicon.models().keySet())) + " Upload it first, or embed it under models");
        }
        lexicon.uses().models.add(id.json().asText());
        int from = at.has("from") ? index(network, at.child("from")) : 0;
        int until = at.has("until")
                ? index(network, at.child("until"))
                : network.nodes().size() - 1;
        if (from < 0 || until < 0) {
            return null;
        }
        try {
            ModelCut cut = ModelCut.of(network, from, until);
            return new Item.OfModel(head, id.json().asText(), cut, replacements(at, cut, names));
        } catch (IllegalArgumentException e) {
            return at.child(at.has("from") ? "from" : "until").wrong(String.valueOf(e.getMessage()));
        }
    }

    private static int index(Network network, Spot at) {
        List<String> names = network.nodes().stream().map(Network.Node::name).toList();
        int found = at.json().isTextual() ? names.indexOf(at.json().asText()) : -1;
        if (found < 0) {
            at.unknown("layer of the model", at.json().asText(), () -> names);
        }
        return found;
    }

    private List<Item.Replacement> replacements(Spot at, ModelCut cut, Lexicon.Names names) {
        List<Item.Replacement> read = new ArrayList<>();
        Set<String> replaced = new TreeSet<>();
        if (!at.has("replace")) {
            return read;
        }
        for (Spot each : at.child("replace").items(1, MOST_REPLACEMENTS)) {
            if (!each.object()) {
                continue;
            }
            each.only(List.of("layers", "op", "function", "with"));
            Set<String> layers = layers(each, cut);
            for (String layer : layers) {
                if (!replaced.add(layer)) {
                    each.wrong("layer '" + layer + "' is replaced already by an earlier entry");
                }
            }
            List<Item> with = new ItemReader(lexicon, true).sequence(each.child("with"), 0, names);
            read.add(new Item.Replacement(each.pointer(), layers, with));
        }
        return read;
    }

    private static Set<String> layers(Spot at, ModelCut cut) {
        List<String> names = cut.nodes().stream().map(Network.Node::name).toList();
        if (at.has("layers") == at.has("op")) {
            at.wrong("what is replaced is said either by layers, a list of names, or by op, such as \"activation\"");
            return Set.of();
        }
        Set<String> found = new TreeSet<>();
        if (at.has("layers")) {
            for (Spot name : at.child("layers").items(1, Limits.ITEMS)) {
                if (!name.json().isTextual() || !names.contains(name.json().asText())) {
                    name.unknown("layer of the model", name.json().asText(), () -> names);
                } else {
                    found.add(name.json().asText());
                }
            }
            return found;
        }
        Predicate<ObjectNode> matches = json -> json.path("op").equals(at.json().path("op"))
                && (!at.has("function")
                        || json.path("function").equals(at.json().path("function")));
        for (Network.Node node : cut.nodes()) {
            JsonNode json = Json.MAPPER.valueToTree(node.layer());
            if (json instanceof ObjectNode object && matches.test(object)) {
                found.add(node.name());
            }
        }
        if (found.isEmpty()) {
            at.child("op").wrong("this part of the model has no such layer");
        }
        return found;
    }
}
