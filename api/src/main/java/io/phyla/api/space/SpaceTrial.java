package io.phyla.api.space;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.search.document.CheapMetrics;
import io.phyla.search.document.DryRun;
import io.phyla.search.document.Reachable;
import io.phyla.search.port.Artifacts;
import io.phyla.spaces.Genome;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.drawing.SvgDrawing;
import io.phyla.spaces.schema.Json;
import io.phyla.spaces.schema.Problem;
import io.phyla.spaces.template.TemplateDocument;
import io.phyla.spaces.template.TemplateParameters;
import io.phyla.spaces.template.TemplateProvider;
import java.util.List;

/** What there is to say about a space document: its mistakes, or its size, samples and ranges. */
final class SpaceTrial {

    /** Larger networks are drawn on request only. */
    private static final int MOST_DRAWN = 400;

    private static final String IN_PARAMETERS = "/document";

    private SpaceTrial() {}

    /** What came of it. */
    sealed interface Result {

        /** A space; drawings are apart, one per sample. */
        record Sound(ObjectNode description) implements Result {}

        /** None, for these reasons. */
        record Unsound(List<Problem> problems) implements Result {}
    }

    static Result of(JsonNode document, Artifacts artifacts) {
        List<Problem> problems = TemplateDocument.check(document);
        if (!problems.isEmpty()) {
            return new Result.Unsound(problems);
        }
        var space = new TemplateProvider().create(TemplateParameters.of(document));
        List<Problem> unreachable = Reachable.bounds(space, artifacts).stream()
                .map(each -> new Problem(each.pointer().substring(IN_PARAMETERS.length()), each.detail()))
                .toList();
        if (!unreachable.isEmpty()) {
            return new Result.Unsound(unreachable);
        }
        DryRun run = DryRun.of(space, CheapMetrics.open(space, artifacts));
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("size", run.size());
        json.put("decisions", space.decisions().size());
        ArrayNode samples = json.putArray("samples");
        for (DryRun.Sample sample : run.samples()) {
            samples.addObject()
                    .put("genome", sample.genome())
                    .put("text", sample.text())
                    .set("costs", Json.MAPPER.valueToTree(sample.costs()));
        }
        json.set("ranges", Json.MAPPER.valueToTree(run.ranges()));
        return new Result.Sound(json);
    }

    /** Adds to each sample its network as a picture. */
    static void draw(JsonNode document, ObjectNode description) {
        for (JsonNode sample : description.path("samples")) {
            Network network = network(document, sample.path("genome").asText());
            if (network.nodes().size() <= MOST_DRAWN) {
                ((ObjectNode) sample).put("svg", SvgDrawing.of(network));
            }
        }
    }

    /** @throws IllegalArgumentException if the genome is none of the space */
    static Network network(JsonNode document, String genome) {
        return new TemplateProvider()
                .create(TemplateParameters.of(document))
                .decode(Genome.parse(genome))
                .network();
    }
}
