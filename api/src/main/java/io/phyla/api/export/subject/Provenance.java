package io.phyla.api.export.subject;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.search.candidate.Candidate;
import io.phyla.search.document.Providers;
import io.phyla.search.metric.Evaluator;
import io.phyla.search.metric.Metric;
import io.phyla.search.progress.Summary;
import io.phyla.search.run.RandomStreams;
import io.phyla.spaces.schema.Json;
import io.phyla.storage.query.StoredSearch;
import java.time.Instant;
import java.util.Locale;

/** Where a candidate and each of its figures come from, as the contract's {@code Provenance}. */
final class Provenance {

    private Provenance() {}

    static ObjectNode of(Specimen specimen) {
        SearchFacts facts = specimen.facts();
        Candidate candidate = specimen.candidate();
        ObjectNode json =
                Json.MAPPER.createObjectNode().put("phyla", facts.started().phyla());
        json.put("search", facts.id());
        json.put("number", candidate.number());
        json.put("key", candidate.key().toString());
        json.put("state", candidate.state().name().toLowerCase(Locale.ROOT));
        json.set("document", facts.document());
        if (facts.started().instructions() != null) {
            json.put("instructions", facts.started().instructions());
        }
        json.put("seed", facts.document().path("seed").asLong());
        DataSource.json(json.putArray("data"), facts.data());
        evaluators(json.putArray("evaluators"), specimen);
        json.set("evaluation", evaluation(specimen));
        json.set("spent", spent(facts.search()));
        ArrayNode changed = json.putArray("changed_since");
        facts.changes().forEach(changed::add);
        json.put("reproduce", reproduce(specimen));
        lineage(json.putArray("lineage"), specimen);
        return json.put("lineage_truncated", specimen.lineageTruncated());
    }

    /** Only metrics that the candidate has. */
    private static void evaluators(ArrayNode json, Specimen specimen) {
        for (Evaluator<?> evaluator : Providers.evaluators().values()) {
            ArrayNode metrics = Json.MAPPER.createArrayNode();
            for (Metric metric : evaluator.metrics()) {
                if (specimen.candidate().measurements().containsKey(metric.name())) {
                    metrics.addObject()
                            .put("name", metric.name())
                            .put("unit", metric.unit())
                            .put("direction", metric.direction().name().toLowerCase(Locale.ROOT));
                }
            }
            if (!metrics.isEmpty()) {
                ObjectNode item = json.addObject()
                        .put("name", evaluator.name())
                        .put("version", specimen.facts().started().evaluators().get(evaluator.name()));
                item.set(
                        "parameters",
                        specimen.facts()
                                        .document()
                                        .at("/evaluators/" + evaluator.name())
                                        .isObject()
                                ? specimen.facts().document().at("/evaluators/" + evaluator.name())
                                : Json.MAPPER.createObjectNode());
                item.set("metrics", metrics);
            }
        }
    }

    /** The seed is a text because not every reader of JSON keeps 64 bits. */
    private static ObjectNode evaluation(Specimen specimen) {
        Candidate candidate = specimen.candidate();
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("seed", Long.toString(seed(specimen)));
        json.put("cost", candidate.cost());
        json.put("attempt", candidate.work().attempt());
        json.put("worker", candidate.work().worker());
        json.put("milliseconds", candidate.work().milliseconds());
        return json.put(
                "finished_at",
                Instant.ofEpochMilli(candidate.work().finishedAt()).toString());
    }

    /** What everything random about its evaluation follows from. */
    static long seed(Specimen specimen) {
        return RandomStreams.evaluationSeed(
                specimen.facts().document().path("seed").asLong(),
                specimen.candidate().key());
    }

    /** The last phase has a cost of its own: no budget counts it. */
    private static ObjectNode spent(StoredSearch search) {
        Summary summary = search.summary();
        return Json.MAPPER
                .createObjectNode()
                .put("proposed", summary.proposed())
                .put("evaluations", summary.evaluations())
                .put("cost", summary.cost())
                .put("seconds", summary.seconds())
                .put("finish_evaluations", search.finish().done())
                .put("finish_cost", search.finish().cost());
    }

    private static String reproduce(Specimen specimen) {
        SearchFacts facts = specimen.facts();
        boolean timed = !facts.document().at("/budget/seconds").isMissingNode();
        boolean files = facts.data().stream().anyMatch(each -> !each.builtIn());
        return "Save provenance.document as document.json and run '" + facts.command("document.json") + "' with phyla "
                + facts.started().phyla() + (files ? " and files of the sha256 that data says" : "")
                + ": candidate " + specimen.candidate().number()
                + " is proposed again with the same parents and measured alike"
                + (timed ? ", if the seconds of the budget last that long" : "") + ".";
    }

    private static void lineage(ArrayNode json, Specimen specimen) {
        for (Candidate each : specimen.lineage()) {
            ObjectNode item = json.addObject()
                    .put("number", each.number())
                    .put("genome", each.genome().toString())
                    .put("text", specimen.facts().space().text(each.genome()))
                    .put("operator", each.origin().operator());
            ArrayNode parents = item.putArray("parents");
            each.origin().parents().forEach(parents::add);
        }
    }
}
