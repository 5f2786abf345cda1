package io.phyla.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** No room for another byte: the service says so, refuses clearly, keeps what it acknowledged, and goes on later. */
@Tag("faults")
@Timeout(240)
class FullDiskTest {

    // In the blocks of 512 bytes of POSIX's ulimit: room for some hundred candidates.
    private static final int MOST_BLOCKS = 3 << 11;

    @TempDir
    Path directory;

    @Test
    void saysSoRefusesAndGoesOnWhenThereIsRoomAgain() throws Exception {
        assumeThat(Files.isExecutable(Path.of("/bin/sh"))).isTrue();
        String search;
        long acknowledged;
        Process process = start("ulimit -f " + MOST_BLOCKS + "; ");
        try (Client client = client(process)) {
            search = client.start(Documents.endless(0).toString());
            acknowledged = lastSequence(client, search);
            assertThat(acknowledged).isGreaterThan(100);
            Client.Got ready = client.get("/health/ready");
            assertThat(ready.status()).isEqualTo(503);
            assertThat(ready.json().at("/checks/0/status").asText()).isEqualTo("down");
            assertThat(ready.json().at("/checks/0/detail").asText()).contains("takes no writes", "start the service");
            assertThat(client.get("/health/live").status()).isEqualTo(200);
            for (Client.Got refused : List.of(
                    client.create(Documents.small(5).toString()), client.post(search + ":pause"), client.get(search))) {
                assertThat(refused.status()).isEqualTo(503);
                assertThat(refused.type()).isEqualTo("/problems/unavailable");
                assertThat(refused.header("Retry-After")).isNotBlank();
            }
        } finally {
            end(process);
        }
        process = start("");
        try (Client client = client(process)) {
            JsonNode again = client.get(search).json();
            assertThat(again.path("state").asText()).isEqualTo("running");
            assertThat(again.path("halted").isNull()).isTrue();
            assertThat(again.path("sequence").asLong()).isGreaterThanOrEqualTo(acknowledged);
            client.post(search + ":cancel");
            assertThat(client.awaitEnd(search).path("ended_by").asText()).isEqualTo("cancelled");
        } finally {
            end(process);
        }
    }

    /** The last sequence number that could be read before the database was gone. */
    private static long lastSequence(Client client, String search) {
        long deadline = System.nanoTime() + 120_000_000_000L;
        long last = 0;
        for (Client.Got got = client.get(search); got.status() == 200; got = client.get(search)) {
            assertThat(System.nanoTime())
                    .as("time to fill the disk: %s", got.json())
                    .isLessThan(deadline);
            last = got.json().path("sequence").asLong();
        }
        return last;
    }

    private Process start(String limit) throws IOException {
        return new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        limit + "exec \"$@\"",
                        "sh",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-modules",
                        "jdk.incubator.vector",
                        "-Xmx512m",
                        "-XX:-UsePerfData",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FullDisk.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static Client client(Process process) throws IOException {
        BufferedReader lines = process.inputReader();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("port ")) {
                Thread.ofVirtual().start(() -> lines.lines().forEach(_ -> {}));
                return new Client(URI.create("http://127.0.0.1:" + line.substring(5) + "/"));
            }
        }
        throw new AssertionError("the service did not start");
    }

    private static void end(Process process) throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }
}
