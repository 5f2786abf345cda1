package io.phyla.runs.kill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.runs.client.ServiceClient;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** One search on the real program, killed again and again in its last phase. */
final class FinishKill {

    private FinishKill() {}

    /**
     * What came of it.
     *
     * @param finish the last phase without clock times
     * @param inFlight kills that hit it between its first and its last evaluation
     */
    record Outcome(JsonNode finish, int inFlight) {}

    /** The last phase of a search left alone. */
    static JsonNode undisturbed(Path directory, String document) throws Exception {
        return killed(directory, document, 0).finish();
    }

    static Outcome killed(Path directory, String document, int kills) throws Exception {
        String id = null;
        int inFlight = 0;
        long lastEvent = 0;
        Map<String, JsonNode> acknowledged = new HashMap<>();
        for (int kill = 0; kill <= kills; kill++) {
            ServiceProcess service = ServiceProcess.start(directory, "--workers", "inline");
            try {
                if (id == null) {
                    try (ServiceClient client = new ServiceClient(service.address())) {
                        id = client.create(document).path("id").asText();
                    }
                }
                boolean ended = false;
                try (EventReader events = new EventReader(service.address(), id, lastEvent)) {
                    for (int seen = 0; !ended && (kill == kills || seen < 5); ) {
                        EventReader.Event event = events.next();
                        assertThat(event.id()).isEqualTo(++lastEvent);
                        ended = event.data().hasNonNull("ended_by");
                        if (event.name().equals("final")) {
                            seen++;
                            JsonNode before = acknowledged.put(key(event.data()), event.data());
                            assertThat(before).as("evaluated once").isNull();
                        }
                    }
                }
                inFlight += ended ? 0 : 1;
                if (kill == kills) {
                    try (ServiceClient client = new ServiceClient(service.address())) {
                        ObjectNode finish = (ObjectNode) client.finish(id);
                        assertThat(acknowledged).hasSize(finish.path("total").asInt());
                        return new Outcome(finish.without("seconds"), inFlight);
                    }
                }
            } finally {
                service.kill();
            }
        }
        throw new AssertionError("it was never let live");
    }

    private static String key(JsonNode event) {
        return event.at("/subject/name").asText() + " "
                + event.path("repetition").asInt();
    }
}
