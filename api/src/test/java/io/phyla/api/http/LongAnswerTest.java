package io.phyla.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.phyla.api.contract.Contract;
import io.phyla.api.contract.Operation;
import io.phyla.api.security.Security;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An answer that takes longer to make than a connection may be idle. */
@Timeout(60)
class LongAnswerTest {

    private static final int IDLE_MILLIS = 600;

    private final Vertx vertx = Vertx.vertx();
    private Dispatcher dispatcher;
    private HttpServer server;

    @BeforeEach
    void start() {
        Contract contract = Contract.load();
        Map<String, Endpoint> endpoints =
                contract.operations().stream().collect(Collectors.toMap(Operation::id, _ -> LongAnswerTest::late));
        dispatcher = new Dispatcher(
                contract,
                Security.of("127.0.0.1", List.of()),
                endpoints,
                _ -> null,
                new SimpleMeterRegistry(),
                Duration.ofMillis(IDLE_MILLIS / 2));
        Router router = Router.router(vertx);
        router.route().handler(dispatcher);
        server = vertx.createHttpServer(
                        new HttpServerOptions().setIdleTimeout(IDLE_MILLIS).setIdleTimeoutUnit(TimeUnit.MILLISECONDS))
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @AfterEach
    void stop() {
        dispatcher.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static Reply late(Call call) {
        try {
            Thread.sleep(3 * IDLE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Answer.text("text/plain", "here it is");
    }

    @ParameterizedTest
    @EnumSource
    void reachesItsClient(HttpClient.Version version) throws Exception {
        URI address = URI.create("http://127.0.0.1:" + server.actualPort() + "/v1/exporters");
        try (HttpClient client = HttpClient.newBuilder().version(version).build()) {
            HttpResponse<String> got =
                    client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(got.statusCode()).isEqualTo(200);
            assertThat(got.body()).isEqualTo("here it is");
            assertThat(got.version()).isEqualTo(version);
        }
    }

    @Test
    void isSaidToBeOnItsWay() throws Exception {
        assertThat(ask("HTTP/1.1")).startsWith("HTTP/1.1 100 Continue\r\n\r\n").contains("HTTP/1.1 200 OK\r\n");
    }

    /** Clients of the first version take any response for the last; theirs are cut off as before. */
    @Test
    void isNotAnnouncedToWhoeverDoesNotKnowThat() throws Exception {
        assertThat(ask("HTTP/1.0")).isEmpty();
    }

    private String ask(String version) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.actualPort())) {
            String head = "GET /v1/exporters " + version + "\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
