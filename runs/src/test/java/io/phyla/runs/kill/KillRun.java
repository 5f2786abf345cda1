package io.phyla.runs.kill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.runs.client.ServiceClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * One search on the real program, killed again and again at random moments. After each kill the database is opened by a
 * new process, and everything that was ever acknowledged must still be there, once, and unchanged.
 */
final class KillRun {

    private final Path directory;
    private final String document;
    private final String[] options;
    private final SplittableRandom random = new SplittableRandom(2024);
    private final SortedMap<Long, JsonNode> acknowledged = new TreeMap<>();
    private long lastEvent;

    KillRun(Path directory, String document, String... options) {
        this.directory = directory;
        this.document = document;
        this.options = options;
    }

    /**
     * What came of it.
     *
     * @param best the best candidate as downloaded
     * @param inFlight kills that hit the search after its first and before its last acknowledgement
     */
    record Outcome(SortedMap<Long, JsonNode> journal, JsonNode search, JsonNode best, int inFlight) {

        /** Waits for the end of the search and takes everything home. */
        private static Outcome of(ServiceProcess service, String id, int inFlight) throws Exception {
            JsonNode end = Journals.awaitEnd(service.address(), id);
            return new Outcome(
                    Journals.read(service.address(), id),
                    end,
                    Journals.download(
                            service.address(),
                            id,
                            end.path("best").path("number").asLong()),
                    inFlight);
        }
    }

    /** The same search left alone. */
    static Outcome undisturbed(Path directory, String document, String... options) throws Exception {
        try (ServiceProcess service = ServiceProcess.start(directory, options);
                ServiceClient client = new ServiceClient(service.address())) {
            String id = client.create(document).path("id").asText();
            return Outcome.of(service, id, 0);
        }
    }

    /** Kills after about {@code acknowledgements / (kills + 1)} further acknowledgements each. */
    Outcome run(int kills, int acknowledgements) throws Exception {
        String id = null;
        int inFlight = 0;
        int stride = Math.max(2, acknowledgements / (kills + 2));
        for (int kill = 0; kill < kills; kill++) {
            ServiceProcess service = ServiceProcess.start(directory, options);
            try {
                if (id == null) {
                    try (ServiceClient client = new ServiceClient(service.address())) {
                        id = client.create(document).path("id").asText();
                    }
                } else {
                    assertNothingLost(service, id);
                }
                boolean ended = listen(service, id, 1 + random.nextInt(stride));
                Thread.sleep(random.nextInt(20));
                inFlight += !acknowledged.isEmpty() && !ended ? 1 : 0;
            } finally {
                service.kill();
            }
        }
        try (ServiceProcess service = ServiceProcess.start(directory, options)) {
            assertNothingLost(service, id);
            return Outcome.of(service, id, inFlight);
        }
    }

    /** Collects acknowledgements until there are enough new ones; true if the search ended meanwhile. */
    private boolean listen(ServiceProcess service, String id, int wanted) throws Exception {
        try (EventReader events = new EventReader(service.address(), id, lastEvent)) {
            for (int seen = 0; seen < wanted; ) {
                EventReader.Event event = events.next();
                assertThat(event.id()).as("events come once and in order").isEqualTo(lastEvent + 1);
                lastEvent = event.id();
                if (event.name().equals("candidate")) {
                    JsonNode candidate = event.data().path("candidate");
                    JsonNode before = acknowledged.put(candidate.path("number").asLong(), candidate);
                    assertThat(before).as("acknowledged once").isNull();
                    seen++;
                } else if (event.data().hasNonNull("ended_by")) {
                    return true;
                }
            }
        }
        return false;
    }

    private void assertNothingLost(ServiceProcess service, String id) throws IOException, InterruptedException {
        SortedMap<Long, JsonNode> journal = Journals.read(service.address(), id);
        assertThat(journal.keySet()).as("acknowledged before the kill").containsAll(acknowledged.keySet());
        acknowledged.forEach((number, event) -> {
            JsonNode kept = journal.get(number);
            assertThat(kept.path("state")).isEqualTo(event.path("state"));
            assertThat(kept.path("measurements")).isEqualTo(event.path("measurements"));
        });
    }
}
