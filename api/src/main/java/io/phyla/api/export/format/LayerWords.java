package io.phyla.api.export.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.api.export.Markdown;
import java.util.ArrayList;
import java.util.List;

/** What is known of a layer, for people. */
final class LayerWords {

    private LayerWords() {}

    /** @param dossier as {@link io.phyla.evaluators.layer.LayerDossier} has it */
    static void write(Markdown text, ObjectNode dossier) {
        JsonNode certificates = dossier.path("certificates");
        text.heading(2, "The layer");
        text.code("", dossier.at("/formula/text").asText());
        text.paragraph(certificates.path("advice").asText());
        averages(text, certificates);
        JsonNode nearest = dossier.path("nearest");
        text.paragraph(near(
                nearest.path("name").asText(), nearest.path("distance").asDouble()));
        text.table(List.of("property, as measured", "holds", "difference"), properties(certificates));
    }

    private static String near(String name, double distance) {
        if (distance == 0) {
            return "It is " + name + ".";
        }
        return distance < 1
                ? "Of the published layers it is most like " + name + ", at a distance of " + distance
                        + " where 1 is the largest."
                : "It has no operation in common with any published layer.";
    }

    private static void averages(Markdown text, JsonNode certificates) {
        JsonNode averages = certificates.path("moving_averages");
        if (averages.isEmpty()) {
            text.paragraph("It keeps no moving averages.");
            return;
        }
        text.paragraph("Moving averages, one number per channel, which have to be stored with the weights:");
        for (JsonNode each : averages) {
            text.item(
                    each.path("name").asText() + ": " + each.path("of").asText().replace('_', ' ')
                            + " of value " + each.path("value").asText() + "'s input, at first "
                            + each.path("initial").asText());
        }
    }

    private static List<List<String>> properties(JsonNode certificates) {
        List<List<String>> rows = new ArrayList<>();
        for (String name : List.of("scale_invariance", "batch_invariance", "evaluation_parity")) {
            JsonNode property = certificates.path(name);
            rows.add(List.of(
                    name.replace('_', ' '),
                    property.path("holds").asBoolean() ? "yes" : "no",
                    property.has("difference") ? property.path("difference").asText() : "not finite"));
        }
        certificates
                .path("finite")
                .properties()
                .forEach(each -> rows.add(List.of(
                        "finite at " + each.getKey().replace('_', ' '),
                        each.getValue().asBoolean() ? "yes" : "no",
                        "")));
        if (certificates.has("worst_gradient")) {
            rows.add(List.of(
                    "worst gradient norm in the search's ascent",
                    "",
                    certificates.path("worst_gradient").asText()));
        }
        return rows;
    }
}
