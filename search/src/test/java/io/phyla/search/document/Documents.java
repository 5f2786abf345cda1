package io.phyla.search.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.search.fixture.BrokenDocument;
import io.phyla.search.fixture.NoArtifacts;
import io.phyla.spaces.schema.Json;
import io.phyla.spaces.schema.Problem;
import java.util.List;

/** Shared documents with the metrics that are known here: this module has no evaluators but those of its tests. */
final class Documents {

    private Documents() {}

    static DocumentReader.Result read(JsonNode document) {
        return DocumentReader.read(document, new NoArtifacts());
    }

    static DocumentReader.Result read(String document) {
        try {
            return read(Json.MAPPER.readTree(document));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    static SearchSetup accepted(DocumentReader.Result result) {
        return switch (result) {
            case DocumentReader.Result.Accepted accepted -> accepted.setup();
            case DocumentReader.Result.Refused refused -> throw new AssertionError("refused: " + refused.problems());
        };
    }

    static List<Problem> refused(DocumentReader.Result result) {
        return switch (result) {
            case DocumentReader.Result.Accepted accepted ->
                throw new AssertionError("accepted: " + accepted.setup().document());
            case DocumentReader.Result.Refused refused -> refused.problems();
        };
    }

    static JsonNode local(JsonNode document) {
        try {
            return Json.MAPPER.readTree(document.toString()
                    .replace("\"noop\"", "\"toy\"")
                    .replace("\"noop!\"", "\"toy!\"")
                    .replace("\"naswot\"", "\"toy_cost\"")
                    .replace("\"params\"", "\"size\""));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    static BrokenDocument local(BrokenDocument broken) {
        return new BrokenDocument(
                broken.name(),
                local(broken.document()),
                broken.pointer().replace("/evaluators/noop", "/evaluators/toy"));
    }
}
