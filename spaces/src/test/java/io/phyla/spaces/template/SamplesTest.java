package io.phyla.spaces.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.spaces.SearchSpace;
import io.phyla.spaces.SpaceContract;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract on every ready-made document. */
@ParameterizedClass
@MethodSource("documents")
class SamplesTest implements SpaceContract {

    private final JsonNode document;
    private final TemplateSpace space;

    SamplesTest(JsonNode document) {
        this.document = document;
        this.space = Samples.space(document);
    }

    @Override
    public SearchSpace space() {
        return space;
    }

    static Stream<Named<JsonNode>> documents() {
        return Samples.all().stream().map(each -> Named.of(each.path("name").asText(), each));
    }

    @Test
    void isFreeOfMistakes() {
        assertThat(TemplateDocument.check(document)).isEqualTo(List.of());
    }
}
