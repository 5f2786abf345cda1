package io.phyla.api.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.api.http.Answer;
import io.phyla.api.http.Call;
import io.phyla.api.problem.Mistake;
import io.phyla.api.problem.ProblemException;
import io.phyla.api.problem.ProblemType;
import io.phyla.search.document.DocumentReader;
import io.phyla.search.document.DryRun;
import io.phyla.search.document.SearchSetup;
import io.phyla.search.port.Artifacts;
import io.phyla.spaces.schema.Json;
import io.phyla.spaces.schema.Problem;
import java.util.List;
import java.util.function.UnaryOperator;

/** Search documents in requests: read, and tried without starting anything. */
public final class Documents {

    private static final int MOST_MISTAKES = 100;

    private final Artifacts artifacts;
    private final UnaryOperator<JsonNode> references;

    /** @param references puts what a document names into it */
    public Documents(Artifacts artifacts, UnaryOperator<JsonNode> references) {
        this.artifacts = artifacts;
        this.references = references;
    }

    /** @throws ProblemException listing what is wrong with the document */
    SearchSetup read(JsonNode document) {
        return switch (DocumentReader.read(references.apply(document), artifacts)) {
            case DocumentReader.Result.Accepted accepted -> accepted.setup();
            case DocumentReader.Result.Refused refused -> {
                int count = refused.problems().size();
                String detail = count == 1 ? "1 mistake in the document" : count + " mistakes in the document";
                throw new ProblemException(
                        ProblemType.INVALID_DOCUMENT,
                        count > MOST_MISTAKES ? detail + "; the first " + MOST_MISTAKES + " are listed" : detail,
                        mistakes(refused.problems()));
            }
        };
    }

    private static List<Mistake> mistakes(List<Problem> problems) {
        return problems.stream().limit(MOST_MISTAKES).map(Mistake::in).toList();
    }

    /** {@code POST /v1/searches:validate}. */
    public Answer validate(Call call) {
        return switch (DocumentReader.read(references.apply(call.json()), artifacts)) {
            case DocumentReader.Result.Accepted accepted -> Answer.json(accepted(accepted.setup()));
            case DocumentReader.Result.Refused refused -> Answer.json(refused(mistakes(refused.problems())));
        };
    }

    private static ObjectNode accepted(SearchSetup setup) {
        DryRun dryRun = DryRun.of(setup);
        ObjectNode json = Json.MAPPER.createObjectNode().put("valid", true);
        json.set("document", Json.MAPPER.valueToTree(setup.document()));
        json.put("size", dryRun.size());
        ArrayNode samples = json.putArray("samples");
        for (DryRun.Sample sample : dryRun.samples()) {
            samples.addObject()
                    .put("genome", sample.genome())
                    .put("text", sample.text())
                    .set("costs", CandidateJson.measurements(sample.costs()));
        }
        json.set("ranges", Json.MAPPER.valueToTree(dryRun.ranges()));
        return json;
    }

    private static ObjectNode refused(List<Mistake> mistakes) {
        ObjectNode json = Json.MAPPER.createObjectNode().put("valid", false);
        ArrayNode errors = json.putArray("errors");
        mistakes.forEach(each -> errors.add(Json.MAPPER.<JsonNode>valueToTree(each)));
        return json;
    }
}
