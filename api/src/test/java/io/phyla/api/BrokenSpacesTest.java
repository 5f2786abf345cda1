package io.phyla.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.spaces.schema.Json;
import io.phyla.spaces.template.BrokenTemplates;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with a space document is said over HTTP as well, and never fails the service. */
class BrokenSpacesTest {

    private static final int DOCUMENTS = 2000;
    private static final int JUDGED = 20;

    @TempDir
    static Path directory;

    private static Service service;
    private static Client client;

    @BeforeAll
    static void start() {
        service = Service.start(directory);
        client = service.client();
    }

    @AfterAll
    static void stop() {
        client.close();
        service.close();
    }

    /** Every twentieth answer is held to the whole contract, which takes longer than all the rest. */
    @Test
    void twoThousandBrokenDocumentsAreRefusedWithTheirPlaces() throws Exception {
        BrokenTemplates broken = new BrokenTemplates(2);
        Set<String> types = new TreeSet<>();
        for (int posted = 0; posted < DOCUMENTS; ) {
            BrokenTemplates.Changed changed = broken.next();
            if (!changed.broken()) {
                continue;
            }
            String document = changed.document().toString();
            JsonNode problem = posted++ % JUDGED == 0
                    ? client.post("/v1/spaces", document).json()
                    : Json.MAPPER.readTree(client.http
                            .send(
                                    client.request("/v1/spaces")
                                            .header("Content-Type", "application/json")
                                            .POST(HttpRequest.BodyPublishers.ofString(document))
                                            .build(),
                                    HttpResponse.BodyHandlers.ofByteArray())
                            .body());
            assertThat(problem.path("status").asInt())
                    .as("%s: %s", changed.how(), problem)
                    .isEqualTo(400);
            types.add(problem.path("type").asText());
            assertThat(problem.path("errors")).isNotEmpty().allSatisfy(each -> {
                assertThat(each.path("pointer").isTextual()).as("%s", each).isTrue();
                assertThat(each.path("detail").asText()).isNotBlank();
            });
        }
        assertThat(types).containsExactly("/problems/invalid-space", "/problems/malformed-json");
    }

    /** A document as deep as one may be is searched by its id, and the searches can be listed. */
    @Test
    void aDeepDocumentCanBeSearched() {
        String item = "{\"op\": \"activation\"}";
        Client.Got kept = null;
        for (int levels = 1; levels <= 30; levels++) {
            item = "{\"layers\": [" + item + "]}";
            Client.Got got = client.post("/v1/spaces", """
                {"name": "Deep", "input": [3, 8, 8], "layers": [
                  {"op": "convolution", "channels": {"choice": [4, 8]}, "kernel": 3}, %s]}\
                """.formatted(item));
            kept = got.status() == 201 ? got : kept;
        }
        assertThat(kept).isNotNull();
        String search = """
            {"name": "Deep", "space": {"name": "template", "parameters": {"id": "%s"}}, "budget": {"evaluations": 2},
             "objectives": [{"metric": "params"}], "strategy": {"name": "random"}}\
            """.formatted(kept.json().path("id").asText());
        String path = client.run(search);
        assertThat(client.get("/v1/searches").status()).isEqualTo(200);
        assertThat(client.get(path + "/candidates").json().path("items")).isNotEmpty();
    }

    /** No member is dropped in silence: a search says one space. */
    @Test
    void aSearchOverTwoSpacesIsRefused() {
        String id = client.post("/v1/spaces", """
            {"name": "Small", "input": [3, 8, 8], "layers": [
              {"op": "convolution", "channels": {"choice": [4, 8]}, "kernel": 3}]}\
            """).json().path("id").asText();
        String document = """
            {"name": "Other", "input": [3, 8, 8], "layers": [
              {"op": "convolution", "channels": {"choice": [4, 8, 16]}, "kernel": 3}]}\
            """;
        assertThat(pointer("{\"id\": \"%s\", \"document\": %s}".formatted(id, document)))
                .isEqualTo("/space/parameters/id");
        assertThat(pointer("{\"documnt\": 3, \"document\": %s}".formatted(document)))
                .isEqualTo("/space/parameters/documnt");
        assertThat(pointer("{\"documnt\": 3, \"id\": \"%s\"}".formatted(id))).isEqualTo("/space/parameters/documnt");
        assertThat(pointer("{\"id\": 3, \"document\": %s}".formatted(document))).isEqualTo("/space/parameters/id");
    }

    /** Far too many designs to look at all; that a number is above 20000 and below 19000 can be seen without. */
    @Test
    void constraintsOfSpaceAndSearchThatExcludeOneAnotherAreRefused() {
        String search = """
            {"name": "Both", "budget": {"evaluations": 2}, "constraints": [{"metric": "params", "max": %d}],
             "objectives": [{"metric": "params"}], "strategy": {"name": "random"},
             "space": {"name": "template", "parameters": {"document": {
               "name": "Wide", "input": [3, 8, 8], "constraints": [{"metric": "params", "min": 20000, "max": 20100}],
               "layers": [{"repeat": 4, "layers": [
                 {"op": "convolution", "channels": {"int": [4, 64]}, "kernel": 3}]}]}}}}\
            """;
        assertThat(client.validate(search.formatted(19000))
                        .json()
                        .at("/errors/0/pointer")
                        .asText())
                .isEqualTo("/constraints");
        JsonNode valid = client.validate(search.formatted(20050)).json();
        assertThat(valid.path("samples"))
                .as("%s", valid)
                .hasSize(10)
                .allSatisfy(
                        each -> assertThat(each.at("/costs/params").asDouble()).isBetween(20_000.0, 20_050.0));
    }

    private static String pointer(String parameters) {
        JsonNode said = client.validate("""
            {"name": "Two", "space": {"name": "template", "parameters": %s}, "budget": {"evaluations": 2},
             "objectives": [{"metric": "params"}], "strategy": {"name": "random"}}\
            """.formatted(parameters)).json();
        assertThat(said.path("valid").asBoolean(true)).as("%s", said).isFalse();
        return said.at("/errors/0/pointer").asText();
    }

    /** A name is cut between its characters, so that what was answered is what is kept. */
    @Test
    void aLongNameStaysReadable() {
        Client.Got made = client.post("/v1/spaces", """
            {"name": "%s", "input": [3, 8, 8], "layers": [
              {"op": "convolution", "channels": {"choice": [4, 8]}, "kernel": 3}]}\
            """.formatted("a".repeat(99) + "\uD83D\uDE00\uD83D\uDE00"));
        assertThat(made.json().path("name").asText()).isEqualTo("a".repeat(99));
        assertThat(client.get(made.header("Location")).json()).isEqualTo(made.json());
    }
}
