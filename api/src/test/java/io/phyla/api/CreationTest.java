package io.phyla.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One search for one Idempotency-Key. */
class CreationTest {

    @TempDir
    Path directory;

    @Test
    void aHundredParallelRequestsWithOneKeyMakeOneSearch() throws Exception {
        try (Service service = Service.start(directory);
                Client client = service.client();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            String document = Documents.small(5).toString();
            List<Callable<Client.Got>> posts = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                posts.add(() -> client.post("/v1/searches", document, "Idempotency-Key", "one"));
            }
            List<String> locations = new ArrayList<>();
            for (Future<Client.Got> each : threads.invokeAll(posts)) {
                assertThat(each.get().status()).isEqualTo(201);
                locations.add(each.get().header("Location"));
            }
            assertThat(locations).containsOnly(locations.getFirst());
            assertThat(client.all("/v1/searches?limit=500")).hasSize(1);
        }
    }

    @Test
    void theKeyBelongsToItsDocumentAlsoAfterARestart() {
        ObjectNode document = Documents.small(5);
        String first;
        try (Service service = Service.start(directory);
                Client client = service.client()) {
            first = client.post("/v1/searches", document.toString(), "Idempotency-Key", "k")
                    .header("Location");
        }
        try (Service service = Service.start(directory);
                Client client = service.client()) {
            Client.Got again = client.post("/v1/searches", document.toPrettyString(), "Idempotency-Key", "k");
            assertThat(again.status()).isEqualTo(201);
            assertThat(again.header("Location")).isEqualTo(first);
            Client.Got other =
                    client.post("/v1/searches", document.put("seed", 2).toString(), "Idempotency-Key", "k");
            assertThat(other.status()).isEqualTo(422);
            assertThat(other.type()).isEqualTo("/problems/idempotency-mismatch");
            Client.Got none = client.post("/v1/searches", document.toString());
            assertThat(none.status()).isEqualTo(400);
            assertThat(none.type()).isEqualTo("/problems/missing-idempotency-key");
            assertThat(none.json().at("/errors/0/parameter").asText()).isEqualTo("Idempotency-Key");
            assertThat(client.all("/v1/searches?limit=500")).hasSize(1);
        }
    }
}
