package io.phyla.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.phyla.api.security.Security;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do what, and what no page from elsewhere may do. */
class SecurityTest {

    private static final String READ = "read-secret-0123456789";
    private static final String SUBMIT = "submit-secret-0123456789";
    private static final String ADMIN = "admin-secret-0123456789";

    @TempDir
    static Path directory;

    private static Service service;
    private static Client client;

    @BeforeAll
    static void start() {
        service = Service.start(
                directory, Security.of("127.0.0.1", List.of("read:" + READ, "submit:" + SUBMIT, "admin:" + ADMIN)));
        client = service.client();
    }

    @AfterAll
    static void stop() {
        client.close();
        service.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
    void nobodyListensToTheWorldWithoutTokens(String bind) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Security.of(bind, List.of()))
                .withMessageContaining("--token");
        assertThat(Security.of(bind, List.of("read:" + READ)).loopback()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"read:short", "root:0123456789abcdef", "0123456789abcdef", ""})
    void tokensAreLongAndHaveARole(String token) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Security.of("127.0.0.1", List.of(token)))
                .withMessageContaining("token")
                .withMessageNotContaining("0123456789abcdef");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/searches, " + READ + ", 200",
        "GET, /metrics, " + READ + ", 200",
        "GET, /v1/searches, , 401",
        "GET, /metrics, , 401",
        "GET, /v1/searches, wrong-secret-0123456789, 401",
        "POST, /v1/searches/none:pause, " + READ + ", 403",
        "POST, /v1/searches/none:pause, " + SUBMIT + ", 404",
        "DELETE, /v1/searches/none, " + SUBMIT + ", 403",
        "DELETE, /v1/searches/none, " + ADMIN + ", 404",
        "GET, /health/live, , 200",
        "GET, /health/ready, , 200",
        "GET, /openapi.yaml, , 200",
        "GET, /problems/forbidden, , 200",
    })
    void rolesAllowWhatTheContractSays(String method, String path, String token, int status) {
        HttpRequest.Builder request = client.request(path).method(method, HttpRequest.BodyPublishers.noBody());
        if (token != null) {
            request.header("Authorization", "bearer " + token);
        }
        Client.Got got = client.send(request);
        assertThat(got.status()).as("%s", got.json()).isEqualTo(status);
        if (status == 401) {
            assertThat(got.header("WWW-Authenticate")).startsWith("Bearer");
        }
    }

    @Test
    void aForeignPageChangesNothing() {
        HttpRequest.Builder request = client.request("/v1/searches/none:pause")
                .header("Authorization", "Bearer " + SUBMIT)
                .POST(HttpRequest.BodyPublishers.noBody());
        assertThat(client.send(request.copy().header("Origin", "https://elsewhere.example"))
                        .type())
                .isEqualTo("/problems/foreign-origin");
        assertThat(client.send(request.copy().header("Origin", "http://127.0.0.1:" + service.port()))
                        .status())
                .isEqualTo(404);
    }

    /** A name of its own that was made to point here is how a page gets around the same-origin rule. */
    @Test
    void aForeignNameForThisHostIsNotAnswered() throws Exception {
        assertThat(RawHttp.ask(service.port(), "GET /health/live HTTP/1.1\r\nHost: elsewhere.example\r\n"))
                .startsWith("HTTP/1.1 421");
        assertThat(RawHttp.ask(service.port(), "GET /health/live HTTP/1.1\r\nHost: localhost:1\r\n"))
                .startsWith("HTTP/1.1 200");
    }
}
