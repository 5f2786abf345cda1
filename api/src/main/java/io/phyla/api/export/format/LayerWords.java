package io.phyla.api.export.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.api.export.Markdown;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/** What is known of a layer, for people. */
final class LayerWords {

    /** From this distance on two layers have next to nothing in common. */
    private static final double FAR = 0.75;

    private LayerWords() {}

    /** @param dossier as {@link io.phyla.evaluators.layer.LayerDossier} has it */
    static void write(Markdown text, ObjectNode dossier) {
        JsonNode certificates = dossier.path("certificates");
        text.heading(2, "The layer");
        text.code("", dossier.at("/formula/text").asText());
        text.paragraph(certificates.path("advice").asText());
        averages(text, certificates);
        text.paragraph(nearest(dossier.path("nearest")));
        text.table(List.of("property, as measured", "holds", "difference"), properties(certificates));
    }

    private static String nearest(JsonNode nearest) {
        String name = nearest.path("name").asText();
        double distance = nearest.path("distance").asDouble();
        if (distance == 0) {
            return "It is " + name + ".";
        }
        if (distance == 1) {
            return "It has no operation in common with any published layer.";
        }
        return (distance < FAR
                        ? "Of the published layers it is most like "
                        : "It is like no published layer; the nearest is ")
                + name + ", at a distance of " + rounded(nearest.path("distance")) + " where 1 is the largest.";
    }

    /** To three digits that count; the JSON has them all. */
    private static String rounded(JsonNode number) {
        return number.asDouble() == 0
                ? "0"
                : new BigDecimal(number.asDouble())
                        .round(new MathContext(3))
                        .stripTrailingZeros()
                        .toString();
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
                            + " of node" + each.path("value").asText() + "'s input, at first "
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
                    property.path("difference").isNumber() ? rounded(property.path("difference")) : "not finite"));
        }
        certificates
                .path("finite")
                .properties()
                .forEach(each -> rows.add(List.of(
                        "finite at " + each.getKey().replace('_', ' '),
                        each.getValue().asBoolean() ? "yes" : "no",
                        "")));
        if (certificates.path("worst_gradient").isNumber()) {
            rows.add(List.of(
                    "worst gradient norm in the search's ascent", "", rounded(certificates.path("worst_gradient"))));
        }
        return rows;
    }
}
