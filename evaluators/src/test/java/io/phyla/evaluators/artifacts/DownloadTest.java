package io.phyla.evaluators.artifacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fetches from a real server that breaks off, redirects, or has something else. */
class DownloadTest {

    private static final byte[] CONTENT = new byte[300_000];

    static {
        new SplittableRandom(1).nextBytes(CONTENT);
    }

    @TempDir
    Path directory;

    private final List<String> ranges = Collections.synchronizedList(new ArrayList<>());
    private HttpServer server;
    private volatile int breaks;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/file", exchange -> send(exchange, true));
        server.createContext("/whole", exchange -> send(exchange, false));
        server.createContext("/moved", exchange -> {
            exchange.getResponseHeaders().add("Location", "/file");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.createContext("/round", exchange -> {
            exchange.getResponseHeaders().add("Location", "/round");
            exchange.sendResponseHeaders(301, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    /** As long as there are breaks left, sends a third of what is asked for and hangs up. */
    private void send(HttpExchange exchange, boolean resumable) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        ranges.add(range == null ? "" : range);
        int from = range == null || !resumable ? 0 : Integer.parseInt(range.replaceAll("[^0-9]", ""));
        if (from >= CONTENT.length) {
            exchange.sendResponseHeaders(416, -1);
            exchange.close();
            return;
        }
        int length = CONTENT.length - from;
        exchange.sendResponseHeaders(from == 0 ? 200 : 206, length);
        if (breaks > 0) {
            breaks--;
            exchange.getResponseBody().write(CONTENT, from, length / 3);
            exchange.getResponseBody().flush();
            // Closing the exchange with bytes owed closes the connection.
            exchange.close();
            return;
        }
        exchange.getResponseBody().write(CONTENT, from, length);
        exchange.close();
    }

    private static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private String address(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private Path fetch(String path, String sha256) throws IOException {
        return Download.parse("cifar10", address(path) + "#sha256=" + sha256).into(directory, (_, _) -> {});
    }

    private List<String> files() throws IOException {
        try (var files = Files.list(directory)) {
            return files.map(file -> String.valueOf(file.getFileName())).toList();
        }
    }

    @Test
    void fetchesOnceAndSaysHowFarItIs() throws Exception {
        String hash = sha256(CONTENT);
        List<Long> received = new ArrayList<>();
        Path file = Download.parse("x", address("/file") + "#sha256=" + hash.toUpperCase(Locale.ROOT))
                .into(directory, (bytes, total) -> {
                    assertThat(total).isEqualTo(CONTENT.length);
                    received.add(bytes);
                });
        assertThat(file).hasBinaryContent(CONTENT);
        assertThat(received).isSorted().last().isEqualTo((long) CONTENT.length);
        server.stop(0);
        assertThat(fetch("/file", hash))
                .as("no network is needed for what is there")
                .isEqualTo(file);
        assertThat(files()).containsExactly(hash);
        FileArtifacts artifacts = new FileArtifacts(directory);
        assertThat(artifacts.register("x", file).sha256()).isEqualTo(hash);
        assertThat(files()).as("registered without a second copy").containsExactlyInAnyOrder(hash, "names.json");
    }

    @Test
    void goesOnAfterBreaks() throws Exception {
        breaks = 3;
        assertThat(fetch("/file", sha256(CONTENT))).hasBinaryContent(CONTENT);
        assertThat(ranges).hasSize(4).first().isEqualTo("");
        assertThat(ranges.subList(1, 4)).allMatch(range -> range.startsWith("bytes="));
    }

    @Test
    void theNextStartGoesOnWhereTheLastOneEnded() throws Exception {
        breaks = 4;
        assertThatThrownBy(() -> fetch("/file", sha256(CONTENT)))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("'cifar10'", address("/file"), "bytes are kept", "--data cifar10=FILE");
        int before = ranges.size();
        assertThat(fetch("/file", sha256(CONTENT))).hasBinaryContent(CONTENT);
        assertThat(ranges.subList(before, ranges.size()))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("bytes=");
        assertThat(files()).containsExactly(sha256(CONTENT));
    }

    @Test
    void startsAgainWhereTheServerCannotGoOn() throws Exception {
        breaks = 1;
        assertThat(fetch("/whole", sha256(CONTENT))).hasBinaryContent(CONTENT);
    }

    /** Killed between the last byte and the check. */
    @Test
    void whatIsThereCompletelyIsOnlyChecked() throws Exception {
        String hash = sha256(CONTENT);
        Files.write(directory.resolve("download-" + hash), CONTENT);
        assertThat(fetch("/file", hash)).hasBinaryContent(CONTENT);
        assertThat(ranges).containsExactly("bytes=300000-");
    }

    @Test
    void refusesAnotherContentAndForgetsIt() throws Exception {
        String wrong = sha256(Arrays.copyOf(CONTENT, 9));
        assertThatThrownBy(() -> fetch("/file", wrong))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("SHA-256 " + sha256(CONTENT), "and not " + wrong);
        assertThat(files()).isEmpty();
    }

    @Test
    void saysWhatTheServerAnswers() throws Exception {
        String hash = sha256(CONTENT);
        assertThatThrownBy(() -> fetch("/nothing", hash)).hasMessageContainingAll("404", address("/nothing"), "=FILE");
        assertThatThrownBy(() -> fetch("/round", hash)).hasMessageContaining("sends on more than 5 times");
        assertThat(fetch("/moved", hash)).hasBinaryContent(CONTENT);
    }

    @Test
    void saysThatThereIsNoNetwork() throws Exception {
        server.stop(0);
        assertThatThrownBy(() -> fetch("/file", sha256(CONTENT)))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(address("/file"), "ConnectException", "--data cifar10=FILE");
    }

    @Test
    void needsAHash() {
        assertThatThrownBy(() -> Download.parse("x", "https://host/file"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("#sha256=", "https://host/file", "sha256sum", "--data x=FILE");
        assertThatThrownBy(() -> Download.parse("x", "https://host/file#sha256=12"))
                .hasMessageContaining("SHA-256");
        assertThat(Download.isAddress("https://host")).isTrue();
        assertThat(Download.isAddress("C:/http/file")).isFalse();
        assertThat(Download.isAddress("data/http")).isFalse();
    }
}
