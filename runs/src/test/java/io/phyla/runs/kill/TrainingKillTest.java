package io.phyla.runs.kill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.runs.SmallNetwork;
import io.phyla.runs.client.ServiceClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real process killed with SIGKILL while it trains: the same curve, each step once, and the same weights. */
@Timeout(300)
class TrainingKillTest {

    private static final int STEPS = 1000;
    private static final int EACH = 10;
    private static final int KILLS = 3;

    @TempDir
    Path killed;

    @TempDir
    Path undisturbed;

    /** What came of it: weights' hash and curve. */
    private record Outcome(String weights, List<JsonNode> curve) {

        static Outcome of(ServiceProcess service, String id) throws Exception {
            try (ServiceClient client = new ServiceClient(service.address())) {
                JsonNode end = client.training(id);
                while (!end.hasNonNull("ended_by")) {
                    Thread.sleep(50);
                    end = client.training(id);
                }
                assertThat(end.path("ended_by").asText()).isEqualTo("finished");
                return new Outcome(end.path("weights").asText(), TrainingKillTest.curve(client, id));
            }
        }
    }

    private static List<JsonNode> curve(ServiceClient client, String id) throws Exception {
        List<JsonNode> curve = new ArrayList<>();
        JsonNode page = client.curve(id, 0);
        page.path("items").forEach(curve::add);
        while (!page.path("next").isNull()) {
            page = client.curve(id, page.path("next").asLong());
            page.path("items").forEach(curve::add);
        }
        return curve;
    }

    private static String start(ServiceProcess service) throws Exception {
        try (ServiceClient client = new ServiceClient(service.address())) {
            return client.train(SmallNetwork.training("killed", STEPS, EACH).toString())
                    .path("id")
                    .asText();
        }
    }

    @Test
    void endsWithTheSameCurveAndWeights() throws Exception {
        Outcome expected;
        try (ServiceProcess service = ServiceProcess.start(undisturbed, "--workers", "1")) {
            expected = Outcome.of(service, start(service));
        }
        assertThat(expected.curve()).hasSizeGreaterThanOrEqualTo(STEPS / EACH);

        String id = null;
        List<JsonNode> before = List.of();
        for (int kill = 1; kill <= KILLS; kill++) {
            ServiceProcess service = ServiceProcess.start(killed, "--workers", "1");
            try (ServiceClient client = new ServiceClient(service.address())) {
                id = id == null ? start(service) : id;
                assertThat(curve(client, id))
                        .as("acknowledged before the kill")
                        .startsWith(before.toArray(JsonNode[]::new));
                int wanted = before.size() + 20;
                while (before.size() < wanted) {
                    Thread.sleep(10);
                    before = curve(client, id);
                }
            } finally {
                service.kill();
            }
            assertThat(before)
                    .as("killed in the middle")
                    .hasSizeLessThan(expected.curve().size());
        }
        try (ServiceProcess service = ServiceProcess.start(killed, "--workers", "1")) {
            Outcome actual = Outcome.of(service, id);
            assertThat(actual.curve()).isEqualTo(expected.curve());
            assertThat(actual.weights()).isEqualTo(expected.weights());
        }
    }
}
