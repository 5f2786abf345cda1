package io.phyla.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.storage.database.StorageException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The journal is gone while the database can still be read: nothing claims to go on, and the next start does. */
@Timeout(120)
class HaltTest {

    @TempDir
    Path directory;

    @Test
    void aSearchThatCannotBeJournaledSaysThatItStandsStill() {
        String search;
        String paused;
        try (Service service = Service.start(directory);
                Client client = service.client()) {
            search = client.start(Documents.endless(1).toString());
            paused = client.start(Documents.endless(1).toString());
            client.post(paused + ":pause");
            assertThatThrownBy(() -> service.journal.write(_ -> {
                        throw new OutOfMemoryError("no room");
                    }))
                    .isInstanceOf(StorageException.class);
            JsonNode halted = await(client, search, true);
            assertThat(halted.path("state").asText()).isEqualTo("running");
            assertThat(halted.path("halted").asText()).contains("no room", "start the service again");
            assertThat(halted.at("/progress/in_flight").asInt()).isZero();
            assertThat(halted.path("ended_by").isNull()).isTrue();
            for (String verb : new String[] {"pause", "resume", "cancel"}) {
                Client.Got refused = client.post(search + ":" + verb);
                assertThat(refused.status()).isEqualTo(409);
                assertThat(refused.json().path("detail").asText()).contains("stands still", "no room");
            }
            assertThat(client.delete(search).status()).isEqualTo(409);
            assertThat(client.create(Documents.small(5).toString()).status()).isEqualTo(503);
            Client.Got ready = client.get("/health/ready");
            assertThat(ready.status()).isEqualTo(503);
            assertThat(ready.json().at("/checks/0/detail").asText()).contains("no room");
        }
        try (Service service = Service.start(directory);
                Client client = service.client()) {
            long before = await(client, search, false).path("sequence").asLong();
            while (client.get(search).json().path("sequence").asLong() == before) {
                Thread.onSpinWait();
            }
            for (String each : new String[] {search, paused}) {
                client.post(each + ":cancel");
                assertThat(client.awaitEnd(each).path("ended_by").asText()).isEqualTo("cancelled");
            }
        }
    }

    private static JsonNode await(Client client, String search, boolean halted) {
        long deadline = System.nanoTime() + 60_000_000_000L;
        JsonNode json = client.get(search).json();
        while (json.path("halted").isTextual() != halted) {
            assertThat(System.nanoTime()).as("time: %s", json).isLessThan(deadline);
            json = client.get(search).json();
        }
        return json;
    }
}
