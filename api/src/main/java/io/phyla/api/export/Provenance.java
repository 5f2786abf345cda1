package io.phyla.api.export;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.evaluators.data.Glyphs;
import io.phyla.search.candidate.Candidate;
import io.phyla.search.document.Providers;
import io.phyla.search.metric.Evaluator;
import io.phyla.search.metric.Metric;
import io.phyla.search.progress.Summary;
import io.phyla.search.run.RandomStreams;
import io.phyla.spaces.schema.Json;
import java.time.Instant;
import java.util.Locale;

/** Where a candidate and each of its figures come from, as the contract's {@code Provenance}. */
final class Provenance {

    private Provenance() {}

    /** Drawn and hashed once, and only if somebody asks. */
    private static final class BuiltIn {
        private static final String SHA256 = Glyphs.instance().sha256();
    }

    static ObjectNode of(Specimen specimen) {
        Candidate candidate = specimen.candidate();
        ObjectNode json =
                Json.MAPPER.createObjectNode().put("phyla", specimen.started().phyla());
        json.put("search", specimen.search());
        json.put("number", candidate.number());
        json.put("key", candidate.key().toString());
        json.put("state", candidate.state().name().toLowerCase(Locale.ROOT));
        json.set("document", specimen.document());
        json.put("seed", specimen.document().path("seed").asLong());
        data(json.putArray("data"), specimen);
        evaluators(json.putArray("evaluators"), specimen);
        json.set("evaluation", evaluation(specimen));
        json.set("spent", spent(specimen.summary()));
        ArrayNode changed = json.putArray("changed_since");
        specimen.changes().forEach(changed::add);
        json.put("reproduce", reproduce(specimen));
        lineage(json.putArray("lineage"), specimen);
        return json.put("lineage_truncated", specimen.lineageTruncated());
    }

    private static void data(ArrayNode json, Specimen specimen) {
        specimen.started()
                .data()
                .forEach(each -> json.addObject()
                        .put("name", each.name())
                        .put("sha256", each.sha256())
                        .put("built_in", false));
        if (StartedWith.names(specimen.document()).contains(Glyphs.NAME)) {
            json.addObject()
                    .put("name", Glyphs.NAME)
                    .put("sha256", BuiltIn.SHA256)
                    .put("built_in", true);
        }
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
                        .put("version", specimen.started().evaluators().get(evaluator.name()));
                item.set(
                        "parameters",
                        specimen.document()
                                        .at("/evaluators/" + evaluator.name())
                                        .isObject()
                                ? specimen.document().at("/evaluators/" + evaluator.name())
                                : Json.MAPPER.createObjectNode());
                item.set("metrics", metrics);
            }
        }
    }

    /** The seed is a text because not every reader of JSON keeps 64 bits. */
    private static ObjectNode evaluation(Specimen specimen) {
        Candidate candidate = specimen.candidate();
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put(
                "seed",
                Long.toString(RandomStreams.evaluationSeed(
                        specimen.document().path("seed").asLong(), candidate.key())));
        json.put("cost", candidate.cost());
        json.put("attempt", candidate.work().attempt());
        json.put("worker", candidate.work().worker());
        json.put("milliseconds", candidate.work().milliseconds());
        return json.put(
                "finished_at",
                Instant.ofEpochMilli(candidate.work().finishedAt()).toString());
    }

    private static ObjectNode spent(Summary summary) {
        return Json.MAPPER
                .createObjectNode()
                .put("proposed", summary.proposed())
                .put("evaluations", summary.evaluations())
                .put("cost", summary.cost())
                .put("seconds", summary.seconds());
    }

    private static String reproduce(Specimen specimen) {
        boolean timed = !specimen.document().at("/budget/seconds").isMissingNode();
        return "Save provenance.document as document.json and run 'phyla search document.json' with phyla "
                + specimen.started().phyla()
                + (specimen.started().data().isEmpty() ? "" : " and files of the same sha256 under the names in data")
                + ": candidate " + specimen.candidate().number()
                + " is proposed again with the same parents and measured alike"
                + (timed ? ", if the seconds of the budget last that long" : "") + ".";
    }

    private static void lineage(ArrayNode json, Specimen specimen) {
        for (Candidate each : specimen.lineage()) {
            ObjectNode item = json.addObject()
                    .put("number", each.number())
                    .put("genome", each.genome().toString())
                    .put("operator", each.origin().operator());
            ArrayNode parents = item.putArray("parents");
            each.origin().parents().forEach(parents::add);
        }
    }
}
