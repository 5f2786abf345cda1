package io.phyla.search.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.search.fixture.Breakage;
import io.phyla.search.fixture.BrokenDocument;
import io.phyla.search.fixture.RandomDocuments;
import io.phyla.spaces.schema.Json;
import io.phyla.spaces.schema.Problem;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BrokenDocumentsTest {

    @ParameterizedTest
    @MethodSource("handMade")
    void refusesAtTheRightPlace(BrokenDocument broken) {
        List<Problem> problems = Documents.refused(Documents.read(broken.document()));
        assertThat(problems).extracting(Problem::pointer).contains(broken.pointer());
        assertThat(problems).extracting(Problem::detail).noneMatch(String::isBlank);
    }

    static Stream<BrokenDocument> handMade() {
        List<BrokenDocument> all = BrokenDocument.all();
        assertThat(all).hasSizeGreaterThanOrEqualTo(50);
        return all.stream().map(Documents::local);
    }

    @Test
    void refusesWhateverIsBroken() {
        Breakage breakage = new Breakage(1);
        for (int i = 0; i < 1000; i++) {
            BrokenDocument broken = Documents.local(breakage.next());
            assertThat(Documents.refused(Documents.read(broken.document())))
                    .as("%s in %s", broken, broken.document())
                    .extracting(Problem::pointer)
                    .contains(broken.pointer());
        }
    }

    /** And gives it back with every default filled in, a fixed point: a search is taken up from that form. */
    @Test
    void acceptsEveryFormOfARightDocument() throws Exception {
        RandomDocuments documents = new RandomDocuments(1);
        for (int i = 0; i < 200; i++) {
            SearchDocument document = Documents.accepted(Documents.read(Documents.local(documents.next())))
                    .document();
            JsonNode filledIn = Json.MAPPER.readTree(Json.MAPPER.writeValueAsString(document));
            SearchDocument again = Documents.accepted(Documents.read(filledIn)).document();
            assertThat(again.toString()).isEqualTo(document.toString());
            assertThat(Json.MAPPER.writeValueAsString(again)).isEqualTo(Json.MAPPER.writeValueAsString(document));
        }
    }
}
