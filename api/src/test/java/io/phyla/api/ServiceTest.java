package io.phyla.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.phyla.api.contract.Contract;
import io.phyla.api.security.Security;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the service says about itself, and its pages. */
class ServiceTest {

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

    private static String text(Client.Got got) {
        return new String(got.response().body(), StandardCharsets.UTF_8);
    }

    @Test
    void saysHowItIs() {
        Client.Got live = client.get("/health/live");
        assertThat(live.status()).isEqualTo(200);
        assertThat(live.json().path("status").asText()).isEqualTo("up");
        Client.Got ready = client.get("/health/ready");
        assertThat(ready.status()).isEqualTo(200);
        assertThat(ready.json().path("checks"))
                .extracting(each -> each.path("name").asText())
                .containsExactly("database", "workers");
    }

    @Test
    void countsForPrometheus() {
        String search = client.run(Documents.small(5).toString());
        Client.Got got = client.get("/metrics");
        assertThat(got.header("Content-Type")).startsWith("text/plain; version=0.0.4");
        List<String> lines = text(got).lines().toList();
        assertThat(lines)
                .contains("phyla_candidates_total{state=\"measured\"} 5.0")
                .contains("phyla_searches_active 0.0", "phyla_evaluations_in_flight 0.0", "phyla_workers_alive 2.0")
                .contains(
                        "phyla_journal_waiting 0.0", "phyla_event_readers 0.0", "# TYPE phyla_candidates_total counter")
                .anyMatch(line -> line.startsWith("phyla_journal_commits_total "))
                .anyMatch(line -> line.startsWith("phyla_database_bytes "))
                .anyMatch(line -> line.startsWith("phyla_http_requests_seconds_count{operation=\"createSearch\""));
        assertThat(lines.stream().filter(line -> !line.startsWith("#") && !line.isEmpty()))
                .allSatisfy(line -> assertThat(line).matches("[a-z_]+(\\{[^}]*})? [-+0-9.eENaInf]+"));
        assertThat(search).startsWith("/v1/searches/");
    }

    @Test
    void publishesItsContract() {
        Client.Got got = client.get("/openapi.yaml");
        assertThat(got.header("Content-Type")).startsWith("application/yaml");
        assertThat(text(got)).isEqualTo(Contract.load().yaml());
    }

    @Test
    void servesTheDashboardWithAStrictPolicy() {
        Client.Got page = client.get("/");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Security-Policy")).startsWith("default-src 'none'");
        assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../openapi.yaml",
                "/%2e%2e/openapi.yaml",
                "/..%2fopenapi.yaml",
                "/webjars/../../io/phyla/api/Server.class",
                "//etc/passwd",
                "/.git/config",
                "/META-INF/MANIFEST.MF",
                "/index.html%00.js",
                "/%",
                "/%zz",
            })
    void servesNothingElse(String path) throws Exception {
        assertThat(RawHttp.ask(service.port(), "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n"))
                .matches("(?s)HTTP/1.1 4\\d\\d .*");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v1/searches?%zz=1 HTTP/1.1\r\nHost: localhost\r\n",
                "GET /v1/searches?limit=%ff%fe HTTP/1.1\r\nHost: localhost\r\n",
                "GET nonsense HTTP/1.1\r\nHost: localhost\r\n",
                "GET /v1/searches HTTP/1.1\r\n",
                "BREW /v1/searches HTTP/1.1\r\nHost: localhost\r\n",
                "POST /v1/searches HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n",
            })
    void noRequestIsAFaultOfTheService(String head) throws Exception {
        assertThat(RawHttp.ask(service.port(), head)).matches("(?s)HTTP/1.1 4\\d\\d .*");
    }

    @Test
    void saysWhyItCannotListen() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Server.start(
                        new ServerOptions(Security.of("127.0.0.1", List.of()), service.port()), service.parts()))
                .withMessageContaining("port " + service.port());
    }
}
