package io.phyla.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.api.problem.ProblemType;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every error is a problem that says what was wrong, where, and what would be right. */
class ErrorsTest {

    @TempDir
    static Path directory;

    private static Service service;
    private static Client client;
    private static String search;

    @BeforeAll
    static void start() {
        service = Service.start(directory);
        client = service.client();
        search = client.run(Documents.small(5).toString());
    }

    @AfterAll
    static void stop() {
        client.close();
        service.close();
    }

    private static void problem(Client.Got got, ProblemType type) {
        assertThat(got.status()).as("%s", got.json()).isEqualTo(type.status());
        assertThat(got.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(got.type()).isEqualTo(type.path());
        assertThat(got.json().path("instance").asText())
                .isEqualTo(got.response().uri().getRawPath());
        assertThat(got.json().toString())
                .doesNotContain("Exception")
                .doesNotContain("io.phyla")
                .doesNotContain("\\tat ");
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/searches?limit=0, limit, from 1 to 500",
        "/v1/searches?limit=501, limit, from 1 to 500",
        "/v1/searches?limit=ten, limit, not 'ten'",
        "/v1/searches?limit=99999999999999999999, limit, from 1 to 500",
        "/v1/searches?limit=1&limit=2, limit, 2 times",
        "/v1/searches?cursor=!!, cursor, not made here",
        "/v1/searches?cursor=YXxi, cursor, not made here",
        "/v1/searches?cursor=, cursor, 1 to 500 characters",
        "/v1/searches?state=runing, state, 'one of running, paused'",
        "/v1/searches?stat=running, stat, did you mean 'state'",
        "{search}/candidates?sort=nope, sort, unknown metric",
        "{search}/candidates?sort=naswot%20desc, sort, a text like",
        "{search}/candidates?state=done, state, one of measured",
        "{search}/candidates?sort=noop&cursor=MXwy!, cursor, not made here",
        "{search}/points?x=noop, y, is required",
        "{search}/points?x=noop&y=naswott, y, unknown metric",
        "{search}/points?x=noop&y=nb201_c10_test_200, y, is not measured in this search",
        "{search}/points?x=noop&y=noop&after=-2, after, from -1",
        "{search}/candidates/x, number, a whole number",
        "{search}/candidates/-1, number, from 0",
        "{search}/candidates/0/ancestors?depth=0, depth, from 1 to 10000",
        "{search}/candidates/0/export?format=onx, format, unknown exporter",
        "/v1/searches/%2e%2e, id, a text like",
    })
    void namesTheParameterAndWhatItTakes(String path, String parameter, String right) {
        Client.Got got = client.get(path.replace("{search}", search));
        problem(got, ProblemType.INVALID_PARAMETER);
        assertThat(got.json().at("/errors/0/parameter").asText()).isEqualTo(parameter);
        assertThat(got.json().at("/errors/0/detail").asText()).contains(right);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"name\": ", "NaN", "{}{}", "{\"a\":1,\"a\":2}", "x", "[[[[", "\u0000"})
    void saysWhereABodyIsNoJsonInWordsOfItsWriter(String body) {
        Client.Got got = client.post("/v1/searches:validate", body);
        problem(got, ProblemType.MALFORMED_JSON);
        assertThat(got.json().at("/errors/0/detail").asText())
                .contains("line 1, column")
                .doesNotContain("`", "REDACTED", "Feature", "jackson");
    }

    @Test
    void namesTheDepthThatIsTooDeepInWordsOfItsWriter() {
        Client.Got got = client.post("/v1/searches:validate", "[".repeat(1000));
        problem(got, ProblemType.MALFORMED_JSON);
        assertThat(got.json().at("/errors/0/detail").asText()).contains("(64)").doesNotContain("`");
    }

    @Test
    void reportsAllParametersAtOnce() {
        Client.Got got = client.get("/v1/searches?limit=0&state=x&more=1");
        assertThat(got.json().path("errors")).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({
        "/nothing",
        "/v1",
        "/v1/",
        "/v1/searches/",
        "/v1/searches/none",
        "{search}/candidates/999",
        "{search}/nothing",
        "{search}/candidates/999/network",
        "{search}/candidates/999/ancestors",
        "{search}/candidates/999/export",
        "/v1/searches/none/points?x=noop&y=noop",
        "/problems/none",
        "{search}:pause:pause",
        "/v1//searches"
    })
    void saysThatThereIsNoSuchThing(String path) {
        problem(client.get(path.replace("{search}", search)), ProblemType.NOT_FOUND);
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, /v1/searches, 'GET, HEAD, POST'",
        "POST, /v1/metrics, 'GET, HEAD'",
        "GET, /v1/searches:validate, POST",
        "GET, {search}:pause, POST",
        "PATCH, {search}, 'DELETE, GET, HEAD'",
        "OPTIONS, /v1/searches, 'GET, HEAD, POST'",
    })
    void listsTheMethodsThatAPathTakes(String method, String path, String allowed) {
        Client.Got got = client.send(
                client.request(path.replace("{search}", search)).method(method, HttpRequest.BodyPublishers.noBody()));
        problem(got, ProblemType.METHOD_NOT_ALLOWED);
        assertThat(got.header("Allow")).isEqualTo(allowed);
    }

    @Test
    void checksWhatTheClientAcceptsAndSends() {
        problem(client.send(client.request(search).header("Accept", "text/html")), ProblemType.NOT_ACCEPTABLE);
        problem(
                client.send(client.request(search).header("Accept", "application/json;q=0, text/*")),
                ProblemType.NOT_ACCEPTABLE);
        assertThat(client.send(client.request(search).header("Accept", "text/html, */*;q=0.1"))
                        .status())
                .isEqualTo(200);
        assertThat(client.send(client.request(search).header("Accept", "application/*"))
                        .status())
                .isEqualTo(200);
        HttpRequest.BodyPublisher body =
                HttpRequest.BodyPublishers.ofString(Documents.small(1).toString());
        problem(client.send(client.request("/v1/searches:validate").POST(body)), ProblemType.UNSUPPORTED_MEDIA_TYPE);
        problem(
                client.send(client.request("/v1/searches:validate")
                        .header("Content-Type", "text/plain")
                        .POST(body)),
                ProblemType.UNSUPPORTED_MEDIA_TYPE);
        assertThat(client.send(client.request("/v1/searches:validate")
                                .header("Content-Type", "Application/JSON; charset=utf-8")
                                .POST(body))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void refusesABodyOfMoreThanAMebibyte() {
        String large = "{\"name\":\"" + "x".repeat(1 << 20) + "\"}";
        problem(client.validate(large), ProblemType.TOO_LARGE);
        Client.Got chunked = client.send(client.request("/v1/searches:validate")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() ->
                        new java.io.ByteArrayInputStream(large.getBytes(java.nio.charset.StandardCharsets.US_ASCII)))));
        problem(chunked, ProblemType.TOO_LARGE);
        String nearly = "{\"name\":\"" + "x".repeat((1 << 20) - 100) + "\"}";
        assertThat(client.validate(nearly).json().path("valid").asBoolean(true)).isFalse();
    }

    static Stream<String[]> malformed() {
        return Stream.of(
                new String[] {"", ""},
                new String[] {"   ", ""},
                new String[] {"{", ""},
                new String[] {"nonsense", ""},
                new String[] {"{\"name\": \"a\" \"space\": 1}", "/name"},
                new String[] {"{\"objectives\": [{\"metric\": \"noop\"}, {\"metric\": }]}", "/objectives/1/metric"},
                new String[] {"{\"budget\": {\"evaluations\": 1, \"evaluations\": 2}}", "/budget/evaluations"},
                new String[] {"{\"seed\": 01}", "/seed"},
                new String[] {"{\"seed\": NaN}", "/seed"},
                new String[] {"{\"seed\": " + "1".repeat(2000) + "}", "/seed"},
                new String[] {"{} {}", ""},
                new String[] {"[".repeat(100_000), "/0"},
                new String[] {"{\"name\": \"\u0001\"}", "/name"});
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void pointsToWhereABodyStopsBeingJson(String body, String pointer) {
        for (Client.Got got : new Client.Got[] {client.validate(body), client.create(body)}) {
            problem(got, ProblemType.MALFORMED_JSON);
            assertThat(got.json().at("/errors/0/pointer").asText()).startsWith(pointer);
            assertThat(got.json().at("/errors/0/detail").asText()).isNotBlank();
        }
    }

    @Test
    void bytesThatAreNoUtf8AreNoJson() {
        byte[] bytes = {'{', '"', 'n', 'a', 'm', 'e', '"', ':', '"', (byte) 0xff, (byte) 0xfe, '"', '}'};
        problem(
                client.send(client.request("/v1/searches:validate")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(bytes))),
                ProblemType.MALFORMED_JSON);
    }

    @Test
    void keepsTheClientsRequestIdOrMakesOne() {
        assertThat(client.send(client.request(search).header("X-Request-Id", "mine-1"))
                        .header("X-Request-Id"))
                .isEqualTo("mine-1");
        assertThat(client.send(client.request("/none").header("X-Request-Id", "bad id <script>"))
                        .header("X-Request-Id"))
                .matches("[0-9a-f]{16}");
    }

    @Test
    void headIsGetWithoutItsBody() {
        Client.Got got = client.send(client.request(search).method("HEAD", HttpRequest.BodyPublishers.noBody()));
        assertThat(got.status()).isEqualTo(200);
        assertThat(got.response().body()).isEmpty();
        assertThat(got.header("ETag")).isEqualTo(client.get(search).header("ETag"));
    }

    @ParameterizedTest
    @EnumSource(ProblemType.class)
    void everyProblemTypeHasAPage(ProblemType type) {
        Client.Got got = client.get(type.path());
        assertThat(got.status()).isEqualTo(200);
        assertThat(new String(got.response().body(), java.nio.charset.StandardCharsets.UTF_8))
                .contains("<h1>", Integer.toString(type.status()), type.path());
    }
}
