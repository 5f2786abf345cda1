package io.phyla.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.spaces.schema.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a search goes through, over HTTP. */
class SearchLifeTest {

    @TempDir
    static Path directory;

    private static Service service;
    private static Client client;
    private static String search;

    @BeforeAll
    static void start() throws Exception {
        service = Service.start(directory);
        client = service.client();
        JsonNode example = client.get("/v1/examples").json().path("items").get(0);
        search = client.run(example.path("document").toString());
    }

    @AfterAll
    static void stop() {
        client.close();
        service.close();
    }

    @Test
    void endsByItsBudgetAndSaysSo() {
        JsonNode json = client.get(search).json();
        assertThat(json.path("state").asText()).isEqualTo("finished");
        assertThat(json.path("ended_by").asText()).isEqualTo("evaluations");
        assertThat(json.at("/progress/evaluations").asLong()).isEqualTo(60);
        assertThat(json.at("/progress/fraction").asDouble()).isEqualTo(1);
        assertThat(json.at("/progress/in_flight").asInt()).isZero();
        assertThat(json.at("/objectives/0"))
                .isEqualTo(Json.MAPPER
                        .createObjectNode()
                        .put("metric", "noop")
                        .put("direction", "maximize")
                        .put("unit", ""));
        assertThat(json.path("metrics").toString())
                .isEqualTo("[\"depth\",\"macs\",\"noop\",\"params\",\"peak_memory\"]");
        assertThat(json.at("/document/budget/patience").asInt())
                .as("defaults are filled in")
                .isEqualTo(1000);
    }

    @Test
    void listsEveryCandidateOncePageByPage() {
        long proposed = client.get(search).json().at("/progress/proposed").asLong();
        List<JsonNode> up = client.all(search + "/candidates?sort=number&limit=7");
        List<JsonNode> down = client.all(search + "/candidates?sort=-number&limit=500");
        assertThat(up).hasSize((int) proposed);
        assertThat(up)
                .extracting(each -> each.path("number").asLong())
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(down.reversed()).isEqualTo(up);
    }

    @Test
    void sortsByAMetricBothWaysAndFiltersByState() {
        List<JsonNode> measured = client.all(search + "/candidates?sort=number&state=measured&limit=500");
        assertThat(measured).hasSize(60);
        List<Double> up = values(client.all(search + "/candidates?sort=noop&limit=11"));
        List<Double> down = values(client.all(search + "/candidates?sort=-noop&limit=13"));
        assertThat(up).hasSize(60).isSortedAccordingTo(Comparator.naturalOrder());
        assertThat(down).isEqualTo(up.reversed());
        JsonNode best = client.get(search).json().path("best");
        assertThat(best.path("value").asDouble()).isEqualTo(down.getFirst());
    }

    private static List<Double> values(List<JsonNode> candidates) {
        return candidates.stream()
                .map(each -> each.at("/measurements/noop").asDouble())
                .toList();
    }

    @Test
    void keepsTheConstraint() {
        assertThat(client.all(search + "/candidates?state=measured&limit=100"))
                .allSatisfy(each ->
                        assertThat(each.at("/measurements/params").asLong()).isBetween(1L, 6000L));
    }

    @Test
    void frontIsWhatNothingDominates() {
        List<JsonNode> measured = client.all(search + "/candidates?sort=number&state=measured&limit=500");
        Set<Long> expected = new HashSet<>();
        for (JsonNode a : measured) {
            if (measured.stream().noneMatch(b -> dominates(b, a))) {
                expected.add(a.path("number").asLong());
            }
        }
        List<JsonNode> front = client.all(search + "/front?limit=2");
        assertThat(front)
                .extracting(each -> each.path("number").asLong())
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(front)
                .allSatisfy(
                        each -> assertThat(each.path("on_front").asBoolean()).isTrue());
        assertThat(client.get(search).json().path("front_size").asInt()).isEqualTo(expected.size());
    }

    private static boolean dominates(JsonNode a, JsonNode b) {
        double noop = a.at("/measurements/noop").asDouble()
                - b.at("/measurements/noop").asDouble();
        long params = b.at("/measurements/params").asLong()
                - a.at("/measurements/params").asLong();
        boolean equal = noop == 0 && params == 0;
        return noop >= 0
                && params >= 0
                && (!equal || a.path("number").asLong() < b.path("number").asLong());
    }

    @Test
    void pointsAreTheMeasurementsInPages() {
        List<List<Double>> points = new ArrayList<>();
        String after = "-1";
        do {
            JsonNode page = client.get(search + "/points?x=params&y=noop&limit=9&after=" + after)
                    .json();
            page.path("items")
                    .forEach(each -> points.add(List.of(
                            each.get(0).asDouble(),
                            each.get(1).asDouble(),
                            each.get(2).asDouble())));
            after = page.path("next").asText();
        } while (!after.equals("null"));
        List<List<Double>> expected = client.all(search + "/candidates?sort=number&state=measured&limit=500").stream()
                .map(each -> List.of(
                        each.path("number").asDouble(),
                        each.at("/measurements/params").asDouble(),
                        each.at("/measurements/noop").asDouble()))
                .toList();
        assertThat(points).isEqualTo(expected);
    }

    @Test
    void familyLeadsToTheRootAndBack() {
        JsonNode child = client.all(search + "/candidates?sort=-number&limit=100").stream()
                .filter(each -> !each.path("parents").isEmpty())
                .findFirst()
                .orElseThrow();
        String path = search + "/candidates/" + child.path("number").asText();
        JsonNode ancestors =
                client.get(path + "/ancestors?depth=1000&limit=500").json();
        assertThat(ancestors.path("truncated").asBoolean()).isFalse();
        Set<Long> known = new HashSet<>(Set.of(child.path("number").asLong()));
        ancestors.path("items").forEach(each -> known.add(each.path("number").asLong()));
        for (JsonNode each : ancestors.path("items")) {
            each.path("parents").forEach(parent -> assertThat(known).contains(parent.asLong()));
        }
        long parent = child.path("parents").get(0).asLong();
        assertThat(client.all(search + "/candidates/" + parent + "/descendants?limit=3"))
                .extracting(each -> each.path("number").asLong())
                .contains(child.path("number").asLong());
        assertThat(client.get(path + "/ancestors?depth=1&limit=1").json().path("items"))
                .hasSize(1);
        assertThat(child.path("changes"))
                .allSatisfy(each -> assertThat(each.path("decision").asText()).startsWith("edge"));
    }

    @Test
    void networkCostsWhatTheCandidateWasMeasuredAt() {
        JsonNode candidate = client.get(search + "/front?limit=1").json().at("/items/0");
        JsonNode network = client.get(
                        search + "/candidates/" + candidate.path("number").asText() + "/network")
                .json();
        for (String metric : List.of("params", "macs", "peak_memory", "depth")) {
            assertThat(network.path("costs").path(metric).asLong())
                    .isEqualTo(candidate.path("measurements").path(metric).asLong());
        }
        assertThat(network.path("nodes").get(0).path("op").asText()).isEqualTo("input");
    }

    @Test
    void exportHoldsAllThatIsNeededToRebuildIt() {
        JsonNode candidate = client.all(search + "/candidates?sort=-noop&limit=50").stream()
                .filter(each -> !each.path("parents").isEmpty())
                .findFirst()
                .orElseThrow();
        Client.Got got =
                client.get(search + "/candidates/" + candidate.path("number").asText() + "/export?format=json");
        String id = search.substring(search.lastIndexOf('/') + 1);
        assertThat(got.header("Content-Disposition"))
                .isEqualTo("attachment; filename=\"phyla-" + id + "-"
                        + candidate.path("number").asText() + ".json\"");
        JsonNode export = got.json();
        assertThat(export.path("genome")).isEqualTo(candidate.path("genome"));
        assertThat(export.path("measurements")).isEqualTo(candidate.path("measurements"));
        assertThat(export.at("/provenance/document"))
                .isEqualTo(client.get(search).json().path("document"));
        assertThat(export.at("/provenance/seed").asInt()).isEqualTo(7);
        assertThat(export.at("/provenance/lineage/0/number")).isEqualTo(candidate.path("number"));
        assertThat(export.at("/provenance/lineage").size()).isGreaterThan(1);
        assertThat(export.at("/provenance/evaluators"))
                .extracting(each -> each.path("name").asText())
                .containsExactly("cost", "noop");
        assertThat(export.at("/provenance/evaluators").findValues("metrics").stream()
                        .flatMap(each -> each.findValuesAsText("name").stream()))
                .containsExactlyInAnyOrderElementsOf(candidate.path("measurements").properties().stream()
                        .map(java.util.Map.Entry::getKey)
                        .toList());
        assertThat(export.at("/provenance/changed_since")).isEmpty();
        assertThat(export.at("/provenance/spent/evaluations").asInt()).isEqualTo(60);
        assertThat(client.get(search + "/candidates/0/export?format=jsn")
                        .json()
                        .at("/errors/0/detail")
                        .asText())
                .contains("did you mean 'json'");
    }

    @Test
    void anUnchangedSearchIsNotSentAgain() {
        Client.Got first = client.get(search);
        Client.Got again = client.send(client.request(search).header("If-None-Match", first.header("ETag")));
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
        Client.Got other = client.send(client.request(search).header("If-None-Match", "\"0123\""));
        assertThat(other.status()).isEqualTo(200);
    }

    @Test
    void pausesResumesCancelsAndIsForgotten() {
        String path = client.start(Documents.endless(5).toString());
        assertThat(client.delete(path).status()).isEqualTo(409);
        assertThat(client.post(path + ":resume").status()).isEqualTo(202);
        for (int i = 0; i < 3; i++) {
            assertThat(client.post(path + ":pause").status()).isEqualTo(202);
        }
        awaitState(path, "paused");
        assertThat(client.post(path + ":pause").status()).isEqualTo(202);
        assertThat(client.get("/v1/searches?state=paused").json().path("items")).hasSize(1);
        assertThat(client.post(path + ":resume").status()).isEqualTo(202);
        awaitState(path, "running");
        assertThat(client.post(path + ":cancel").status()).isEqualTo(202);
        JsonNode ended = client.awaitEnd(path);
        assertThat(ended.path("ended_by").asText()).isEqualTo("cancelled");
        for (String verb : List.of("pause", "resume", "cancel")) {
            Client.Got refused = client.post(path + ":" + verb);
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.type()).isEqualTo("/problems/wrong-state");
        }
        assertThat(client.delete(path).status()).isEqualTo(204);
        assertThat(client.get(path).status()).isEqualTo(404);
        assertThat(client.delete(path).status()).isEqualTo(404);
        assertThat(client.get(path + "/candidates").status()).isEqualTo(404);
    }

    private static void awaitState(String path, String state) {
        long deadline = System.nanoTime() + 30_000_000_000L;
        while (!client.get(path).json().path("state").asText().equals(state)) {
            assertThat(System.nanoTime()).as("time to become " + state).isLessThan(deadline);
        }
    }

    @Test
    void listsSearchesNewestFirst() {
        for (int i = 0; i < 5; i++) {
            ObjectNode document = Documents.small(3);
            client.run(document.put("name", "listed " + i).toString());
        }
        List<JsonNode> all = client.all("/v1/searches?limit=2");
        assertThat(all)
                .extracting(each -> each.path("created_at").asText())
                .isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(all).extracting(each -> each.path("id").asText()).doesNotHaveDuplicates();
        assertThat(all.stream().map(each -> each.path("name").asText()).filter(each -> each.startsWith("listed")))
                .containsExactly("listed 4", "listed 3", "listed 2", "listed 1", "listed 0");
        assertThat(client.get("/v1/searches?state=failed").json().path("items")).isEmpty();
    }

    @Test
    void layersAreASpaceLikeAnyOther() {
        JsonNode tried = client.validate("""
            {"name": "activations", "space": {"name": "evonorm", "parameters": {"nodes": 2, "moments": false}},
             "objectives": [{"metric": "params"}], "strategy": {"name": "random"},
             "budget": {"evaluations": 5}, "window": 1, "seed": 1}\
            """).json();
        assertThat(tried.path("valid").asBoolean()).as("%s", tried).isTrue();
        assertThat(tried.path("size").asText()).isEqualTo(Integer.toString((4 * 16 + 8 * 4) * (4 * 25 + 8 * 5)));
        assertThat(tried.at("/document/space/parameters/series").asText()).isEqualTo("b");
        assertThat(tried.path("samples"))
                .extracting(each -> each.path("text").asText())
                .allSatisfy(text -> assertThat(text).contains("* gamma + beta"));
    }

    @Test
    void catalogDescribesEverythingADocumentCanName() {
        for (String list :
                List.of("spaces", "strategies", "evaluators", "metrics", "exporters", "examples", "artifacts")) {
            assertThat(client.get("/v1/" + list).status()).as(list).isEqualTo(200);
        }
        assertThat(space("evonorm").at("/parameters/properties/series/enum").toString())
                .isEqualTo("[\"b\",\"s\"]");
        assertThat(space("nb201").at("/parameters/properties/channels/maximum").asInt())
                .isEqualTo(256);
        assertThat(client.get("/v1/strategies").json().path("items"))
                .extracting(each -> each.path("name").asText())
                .containsExactly("nsga2", "pareto-tournament", "random", "regularized-evolution");
        assertThat(client.get("/v1/schemas/search").json().path("required").toString())
                .contains("budget");
        JsonNode tried = client.validate(client.get("/v1/examples")
                        .json()
                        .at("/items/0/document")
                        .toString())
                .json();
        assertThat(tried.path("size").asText()).isEqualTo("15625");
        assertThat(tried.path("samples")).hasSize(10);
        assertThat(tried.at("/ranges/params/exact").asBoolean()).isTrue();
    }

    private static JsonNode space(String name) {
        for (JsonNode each : client.get("/v1/spaces").json().path("items")) {
            if (each.path("name").asText().equals(name)) {
                return each;
            }
        }
        throw new AssertionError("no space " + name);
    }
}
