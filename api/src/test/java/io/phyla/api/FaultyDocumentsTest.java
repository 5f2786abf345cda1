package io.phyla.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.search.fixture.Breakage;
import io.phyla.search.fixture.BrokenDocument;
import io.phyla.search.fixture.RandomDocuments;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Wrong documents are refused at the place of the fault, right ones are taken in every form; over HTTP. */
@Timeout(180)
class FaultyDocumentsTest {

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
        assertThat(client.get("/v1/searches?state=failed").json().path("items")).isEmpty();
        client.close();
        service.close();
    }

    static List<BrokenDocument> handMade() {
        List<BrokenDocument> all = BrokenDocument.all();
        assertThat(all).hasSizeGreaterThanOrEqualTo(50);
        return all;
    }

    @ParameterizedTest
    @MethodSource("handMade")
    void refusesWhatIsBrokenByHand(BrokenDocument broken) {
        refused(broken);
    }

    @Test
    void refusesWhatIsBrokenByChance() {
        Breakage breakage = new Breakage(2);
        for (int i = 0; i < 1000; i++) {
            refused(breakage.next());
        }
    }

    private static void refused(BrokenDocument broken) {
        String text = broken.document().toString();
        Client.Got created = client.create(text);
        assertThat(created.status()).as("%s: %s", broken, created.json()).isEqualTo(400);
        assertThat(created.type()).isEqualTo("/problems/invalid-document");
        pointsTo(broken, created.json());
        Client.Got tried = client.validate(text);
        assertThat(tried.status()).as("%s: %s", broken, tried.json()).isEqualTo(200);
        assertThat(tried.json().path("valid").asBoolean(true)).isFalse();
        pointsTo(broken, tried.json());
    }

    private static void pointsTo(BrokenDocument broken, JsonNode answer) {
        assertThat(answer.path("errors"))
                .as("%s in %s", broken, broken.document())
                .extracting(each -> each.path("pointer").asText())
                .contains(broken.pointer());
    }

    @Test
    void takesARightDocumentInEveryForm() {
        RandomDocuments documents = new RandomDocuments(2);
        int started = 0;
        for (int i = 0; i < 200; i++) {
            ObjectNode document = documents.next();
            Conformance.valid("SearchDocument", document.toString());
            Client.Got tried = client.validate(document.toString());
            assertThat(tried.json().path("valid").asBoolean())
                    .as("%s: %s", document, tried.json())
                    .isTrue();
            if (!document.toString().contains("naswot") && started < 20) {
                started++;
                String search = client.start(document.toString());
                client.post(search + ":cancel");
                assertThat(client.awaitEnd(search).path("document"))
                        .isEqualTo(tried.json().path("document"));
            }
        }
        assertThat(started).isGreaterThan(5);
    }
}
