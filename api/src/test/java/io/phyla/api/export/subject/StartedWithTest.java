package io.phyla.api.export.subject;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.spaces.schema.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StartedWithTest {

    @Test
    void whatMovedOnSinceTheStartIsSaid() {
        StartedWith then = new StartedWith("1.0.0", Map.of("noop", 1, "cost", 1, "gone", 3), "avx2", null);
        assertThat(StartedWith.parse(then.json())).isEqualTo(then);
        assertThat(then.changes(then)).isEmpty();
        StartedWith now = new StartedWith("1.1.0", Map.of("noop", 2, "cost", 1), "avx512", null);
        assertThat(then.changes(now))
                .containsExactly(
                        "phyla was 1.0.0 and is 1.1.0",
                        "the engine used avx2 and uses avx512, which differs in the last digits",
                        "evaluator gone had version 3 and has none",
                        "evaluator noop had version 1 and has version 2");
    }

    /** What searches of earlier versions have kept is read on. */
    @Test
    void theDocumentComesBackAsItWas() {
        JsonNode document = Json.MAPPER.createObjectNode().put("name", "x");
        assertThat(StartedWith.parse(StartedWith.now("1.0.0").with(document)).submitted())
                .isEqualTo(document);
        assertThat(StartedWith.parse("{\"phyla\":\"1\",\"evaluators\":{}}").submitted())
                .isNull();
    }
}
