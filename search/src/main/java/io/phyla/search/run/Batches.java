package io.phyla.search.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.search.document.SearchDocument.Limits;
import io.phyla.search.document.SearchSetup;
import io.phyla.search.port.EvaluatorPool;
import io.phyla.spaces.schema.Json;
import java.util.List;

/** What a search's tasks have in common, in the form workers read. */
final class Batches {

    private Batches() {}

    static EvaluatorPool.Batch of(String id, SearchSetup setup) {
        return of(id, setup, setup.evaluations());
    }

    /** The last phase's. */
    static EvaluatorPool.Batch of(String id, SearchSetup setup, SearchSetup.Finish finish) {
        return of(id + "/finish", setup, finish.evaluations());
    }

    private static EvaluatorPool.Batch of(String id, SearchSetup setup, List<SearchSetup.Wanted> evaluations) {
        ObjectNode evaluators = Json.MAPPER.createObjectNode();
        for (SearchSetup.Wanted wanted : evaluations) {
            ObjectNode item = evaluators.putObject(wanted.evaluator().name());
            item.set("parameters", Json.MAPPER.valueToTree(wanted.parameters()));
            item.set("metrics", Json.MAPPER.valueToTree(wanted.metrics()));
        }
        Limits limits = setup.document().limits();
        return new EvaluatorPool.Batch(
                id,
                Json.MAPPER.valueToTree(setup.document().space()).toString(),
                evaluators.toString(),
                new EvaluatorPool.Limits(limits.milliseconds(), limits.bytes()));
    }
}
