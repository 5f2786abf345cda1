package io.phyla.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.spaces.schema.Json;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A search with a last phase, over HTTP, with networks that are really trained. */
@Timeout(120)
class FinishLifeTest {

    private static final String TRAINED = """
        {
          "name": "trained",
          "space": {"name": "compared", "parameters": {"channels": 4, "cells": 1, "classes": 12, "resolution": 8}},
          "objectives": [{"metric": "accuracy"}],
          "evaluators": {"train": {"steps": 2, "recipe": {"batch": 8}}},
          "strategy": {"name": "pareto-tournament", "parameters": {"initial": 2}},
          "start": ["convolutions"],
          "budget": {"evaluations": 4},
          "window": 2,
          "seed": 3,
          "finish": {"best": 2, "seeds": 3, "evaluators": {"train": {"steps": 3}}, "metrics": ["accuracy", "validation_loss"]}
        }
        """;

    @TempDir
    static Path directory;

    private static Service service;
    private static Client client;
    private static String search;

    @BeforeAll
    static void start() {
        service = Service.start(directory);
        client = service.client();
        search = client.run(TRAINED);
    }

    @AfterAll
    static void stop() {
        client.close();
        service.close();
    }

    private static JsonNode finish() {
        return client.get(search + "/finish").json();
    }

    @Test
    void itBeginsWithWhatIsKnownAndSaysWhatItAsked() {
        JsonNode json = client.get(search).json();
        assertThat(json.path("state").asText()).isEqualTo("finished");
        assertThat(json.path("ended_by").asText()).isEqualTo("evaluations");
        assertThat(json.at("/document/finish/yardsticks").toString()).isEqualTo("[\"convolutions\",\"skips\"]");
        assertThat(json.at("/document/finish/evaluators/train/steps").asInt()).isEqualTo(3);
        assertThat(json.at("/document/finish/evaluators/train/recipe/batch").asInt())
                .as("what is left out stays as it is in the search")
                .isEqualTo(8);
        assertThat(json.at("/finish/done").asInt()).isEqualTo(12);
        assertThat(json.at("/finish/total").asInt()).isEqualTo(12);
        JsonNode first = client.get(search + "/candidates/0").json();
        assertThat(first.path("operator").asText()).isEqualTo("known");
        assertThat(first.path("genome").asText()).isEqualTo("3.3.3.3.3.3");
    }

    @Test
    void everySubjectHasMeanAndSpread() {
        JsonNode finish = finish();
        assertThat(finish.path("state").asText()).isEqualTo("done");
        assertThat(finish.path("subjects")).hasSize(4);
        assertThat(finish.at("/subjects/0/candidate").asLong())
                .isEqualTo(client.get(search).json().at("/best/number").asLong());
        assertThat(finish.at("/subjects/2/name").asText()).isEqualTo("convolutions");
        assertThat(finish.at("/subjects/3/yardstick").asBoolean()).isTrue();
        double cost = 0;
        for (JsonNode subject : finish.path("subjects")) {
            assertThat(subject.path("failures")).isEmpty();
            assertThat(subject.path("seeds")).hasSize(3);
            assertThat(StreamSupport.stream(subject.path("seeds").spliterator(), false)
                            .map(JsonNode::asText))
                    .doesNotHaveDuplicates();
            cost += subject.path("cost").asDouble();
            for (JsonNode metric : subject.path("metrics")) {
                double[] values = StreamSupport.stream(metric.path("values").spliterator(), false)
                        .mapToDouble(JsonNode::asDouble)
                        .toArray();
                double mean = (values[0] + values[1] + values[2]) / 3;
                double squares = 0;
                for (double value : values) {
                    squares += (value - mean) * (value - mean);
                }
                assertThat(metric.path("n").asInt()).isEqualTo(3);
                assertThat(metric.path("mean").asDouble()).isCloseTo(mean, within(1e-9));
                assertThat(metric.path("sd").asDouble()).isCloseTo(Math.sqrt(squares / 2), within(1e-9));
                assertThat(metric.path("standard_error").asDouble()).isCloseTo(Math.sqrt(squares / 6), within(1e-9));
            }
        }
        assertThat(finish.path("cost").asDouble()).isEqualTo(cost).isPositive();
        JsonNode spent = client.get(search + "/candidates/0/export").json().at("/provenance/spent");
        assertThat(spent.path("finish_evaluations").asInt()).isEqualTo(12);
        assertThat(spent.path("finish_cost").asDouble()).isEqualTo(cost);
        assertThat(client.get(search).json().at("/progress/cost").asDouble())
                .as("three steps each, twelve times, beside two steps four times")
                .isLessThan(cost);
    }

    @Test
    void everyCandidateStandsBesideEveryYardstick() {
        JsonNode finish = finish();
        assertThat(finish.path("differences")).hasSize(2 * 2 * 2);
        Map<String, JsonNode> subjects = new HashMap<>();
        finish.path("subjects").forEach(each -> subjects.put(each.path("name").asText(), each.path("metrics")));
        for (JsonNode each : finish.path("differences")) {
            String metric = each.path("metric").asText();
            JsonNode candidate =
                    subjects.get("candidate " + each.path("candidate").asLong()).path(metric);
            JsonNode yardstick = subjects.get(each.path("yardstick").asText()).path(metric);
            assertThat(each.path("difference").asDouble())
                    .isEqualTo(candidate.path("mean").asDouble()
                            - yardstick.path("mean").asDouble());
            assertThat(each.path("standard_error").asDouble())
                    .isCloseTo(
                            Math.hypot(
                                    candidate.path("standard_error").asDouble(),
                                    yardstick.path("standard_error").asDouble()),
                            within(1e-12));
        }
    }

    /** Two workers, who finish in an order of their own. */
    @Test
    void theSameDocumentGivesTheSameNumbers() {
        String again = client.run(TRAINED);
        JsonNode other = client.get(again + "/finish").json();
        for (String member : List.of("subjects", "differences", "cost")) {
            assertThat(other.path(member)).isEqualTo(finish().path(member));
        }
    }

    @Test
    void itIsAnsweredOnceForWhoeverHasItAlready() {
        String tag = client.get(search + "/finish").header("ETag");
        assertThat(client.send(client.request(search + "/finish").header("If-None-Match", tag))
                        .status())
                .isEqualTo(304);
        assertThat(client.get("/v1/searches/0123456789abcdef/finish").status()).isEqualTo(404);
    }

    @Test
    void everyEvaluationIsAnEvent() throws Exception {
        try (EventStream stream = new EventStream(client, search, 0)) {
            List<EventStream.Event> events = stream.rest();
            List<EventStream.Event> finals =
                    events.stream().filter(each -> each.name().equals("final")).toList();
            assertThat(finals).hasSize(12);
            for (int i = 0; i < 12; i++) {
                assertThat(finals.get(i).data().path("done").asInt()).isEqualTo(i + 1);
                assertThat(finals.get(i).data().at("/measurements/accuracy").isNumber())
                        .isTrue();
            }
            assertThat(events.stream()
                            .filter(each -> each.name().equals("state"))
                            .map(each -> each.data().path("state").asText()))
                    .containsExactly("running", "finishing", "finished");
        }
    }

    @Test
    void theArchiveHasItsTableAndItsReport() throws Exception {
        Map<String, String> files = new HashMap<>();
        byte[] zip = client.get(search + "/export").response().body();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                String name = entry.getName().substring(entry.getName().indexOf('/') + 1);
                files.put(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        List<String> rows = files.get("finish.csv").lines().toList();
        assertThat(rows).hasSize(1 + 12);
        assertThat(rows.getFirst())
                .startsWith("subject,candidate,yardstick,repetition,seed")
                .endsWith("accuracy,validation_loss");
        assertThat(rows.getLast()).startsWith("skips,,true,2,");
        assertThat(files.get("report.md"))
                .contains("The best again, beside yardsticks", "| skips |", "±", "counted work of the last phase");
        assertThat(files.get("README.md")).contains("finish.csv");
    }

    @Test
    void aSearchWithoutALastPhaseHasNone() {
        String plain = client.run(Documents.small(5).toString());
        JsonNode none = client.get(plain + "/finish").json();
        assertThat(none.path("state").asText()).isEqualTo("none");
        assertThat(none.path("total").asInt()).isZero();
        assertThat(client.get(plain).json().has("finish")).isFalse();
    }

    @Test
    void itIsWaitedForAndGivenUp() {
        ObjectNode document = Documents.endless(1);
        ((ObjectNode) document.path("space")).put("name", "compared");
        document.putObject("finish");
        String path = client.start(document.toString());
        JsonNode waiting = client.get(path + "/finish").json();
        assertThat(waiting.path("state").asText()).isEqualTo("waiting");
        assertThat(waiting.path("total").asInt()).isEqualTo((3 + 2) * 4);
        assertThat(client.post(path + ":cancel").status()).isEqualTo(202);
        client.awaitEnd(path);
        JsonNode done = client.get(path + "/finish").json();
        assertThat(done.path("state").asText()).isEqualTo("done");
        assertThat(done.path("done").asInt()).isZero();
    }

    /** What a worker cannot evaluate is told with its cause; here it would need more memory than it may take. */
    @Test
    void whatFailsIsToldWithItsCause() {
        ObjectNode document = Documents.small(4);
        ((ObjectNode) document.path("space")).put("name", "compared");
        document.putObject("limits").put("bytes", 1048576);
        document.putObject("finish")
                .put("best", 1)
                .put("seeds", 1)
                .putArray("metrics")
                .add("naswot");
        ((ObjectNode) document.path("finish"))
                .putObject("evaluators")
                .putObject("proxies")
                .put("batch", 512)
                .put("data", "glyphs");
        ObjectNode parameters = (ObjectNode) document.at("/space/parameters");
        parameters.put("classes", 12).put("resolution", 16).put("channels", 16);
        String path = client.run(document.toString());
        JsonNode finish = client.get(path + "/finish").json();
        assertThat(finish.path("done").asInt()).isEqualTo(3);
        for (JsonNode subject : finish.path("subjects")) {
            assertThat(subject.path("metrics")).isEmpty();
            assertThat(subject.at("/failures/0/kind").asText()).isEqualTo("too_large");
            assertThat(subject.at("/failures/0/detail").asText()).isNotBlank();
        }
        assertThat(finish.path("differences")).isEmpty();
    }

    /** Published layers that genomes stand for are where it begins; the four that everybody compares with are its yardsticks. */
    @Test
    void layersBeginAndEndWithWhatIsPublished() {
        String path = client.run("""
            {"name": "layers", "space": {"name": "evonorm", "parameters": {"series": "b"}},
             "objectives": [{"metric": "noop"}],
             "strategy": {"name": "pareto-tournament", "parameters": {"initial": 3}},
             "start": ["bn_relu", "evonorm_b0"], "budget": {"evaluations": 8}, "window": 2,
             "finish": {"best": 1, "seeds": 2}}
            """);
        assertThat(client.get(path + "/candidates/1").json().path("operator").asText())
                .isEqualTo("known");
        assertThat(client.get(path + "/finish").json().path("subjects"))
                .extracting(each ->
                        each.path("yardstick").asBoolean() ? each.path("name").asText() : "a candidate")
                .containsExactly("a candidate", "bn_relu", "gn_relu", "evonorm_b0", "evonorm_s0");
        assertThat(new String(client.get("/metrics").response().body(), StandardCharsets.UTF_8))
                .contains("phyla_final_evaluations_total");
    }

    @Test
    void mistakesAreToldWhereTheyStand() throws Exception {
        ObjectNode document = (ObjectNode) Json.MAPPER.readTree(TRAINED);
        document.putArray("start").add("convolution");
        document.withObject("/finish").putArray("yardsticks").add("skip");
        JsonNode answer = client.validate(document.toString()).json();
        assertThat(answer.path("valid").asBoolean()).isFalse();
        assertThat(answer.path("errors").toString())
                .contains("/start/0", "did you mean 'convolutions'?", "/finish/yardsticks/0", "did you mean 'skips'?");
    }
}
