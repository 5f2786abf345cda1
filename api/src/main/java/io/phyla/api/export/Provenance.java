package io.phyla.api.export;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a candidate and each of its figures come from, as the contract's {@code Provenance}. */
final class Provenance {

    /** How a document names the content of a registered file. */
    private static final Pattern PINNED = Pattern.compile("([^@]+)@([0-9a-f]{64})");

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
        if (specimen.started().instructions() != null) {
            json.put("instructions", specimen.started().instructions());
        }
        json.put("seed", specimen.document().path("seed").asLong());
        data(json.putArray("data"), specimen.document());
        evaluators(json.putArray("evaluators"), specimen);
        json.set("evaluation", evaluation(specimen));
        json.set("spent", spent(specimen.summary()));
        ArrayNode changed = json.putArray("changed_since");
        specimen.changes().forEach(changed::add);
        json.put("reproduce", reproduce(specimen, json.path("data")));
        lineage(json.putArray("lineage"), specimen);
        return json.put("lineage_truncated", specimen.lineageTruncated());
    }

    /** The texts among the evaluators' parameters that name data. */
    private static void data(ArrayNode json, JsonNode document) {
        Set<String> names = new LinkedHashSet<>();
        document.path("evaluators").forEach(parameters -> parameters.forEach(each -> names.add(each.asText())));
        for (String name : names) {
            Matcher pinned = PINNED.matcher(name);
            if (pinned.matches()) {
                data(json, pinned.group(1), pinned.group(2), false);
            } else if (name.equals(Glyphs.NAME)) {
                data(json, name, BuiltIn.SHA256, true);
            }
        }
    }

    private static void data(ArrayNode json, String name, String sha256, boolean builtIn) {
        json.addObject().put("name", name).put("sha256", sha256).put("built_in", builtIn);
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

    private static String reproduce(Specimen specimen, JsonNode data) {
        boolean timed = !specimen.document().at("/budget/seconds").isMissingNode();
        List<String> files = new ArrayList<>();
        for (JsonNode each : data) {
            if (!each.path("built_in").asBoolean()) {
                files.add(" --data " + each.path("name").asText() + "=FILE");
            }
        }
        return "Save provenance.document as document.json and run 'phyla search document.json"
                + String.join("", files) + "' with phyla " + specimen.started().phyla()
                + (files.isEmpty() ? "" : " and files of the sha256 that data says")
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
