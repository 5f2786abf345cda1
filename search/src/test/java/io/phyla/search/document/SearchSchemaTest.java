package io.phyla.search.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.search.strategy.RegularizedEvolution;
import io.phyla.spaces.nb201.Nb201Parameters;
import io.phyla.spaces.schema.RecordSchema;
import java.util.List;
import org.junit.jupiter.api.Test;

class SearchSchemaTest {

    private static final JsonNode SCHEMA = SearchSchema.document();

    @Test
    void namesEverythingThatCanBeNamed() {
        assertThat(names("/properties/objectives/items/properties/metric/enum"))
                .containsExactly("second_sieve_sum", "sieve_sum", "size", "toy", "toy_cost");
        assertThat(names("/properties/metrics/items/enum"))
                .isEqualTo(names("/properties/objectives/items/properties/metric/enum"));
        assertThat(names("/properties/constraints/items/properties/metric/enum"))
                .containsExactly("size");
        assertThat(SCHEMA.at("/properties/evaluators/properties").properties())
                .extracting(each -> each.getKey())
                .containsExactlyInAnyOrder("second-sieve", "sieve", "size", "toy");
        assertThat(names("/properties/finish/properties/metrics/items/enum"))
                .containsExactly("second_sieve_sum", "sieve_sum", "toy", "toy_cost");
        assertThat(SCHEMA.at("/properties/finish/properties/evaluators/properties"))
                .isEqualTo(SCHEMA.at("/properties/evaluators/properties"));
    }

    @Test
    void describesEachPartWithItsOwnParameters() {
        assertThat(form("space", "nb201").at("/properties/parameters"))
                .isEqualTo(RecordSchema.of(Nb201Parameters.class));
        assertThat(form("strategy", "regularized-evolution").at("/properties/parameters"))
                .isEqualTo(RecordSchema.of(RegularizedEvolution.Parameters.class));
    }

    @Test
    void refusesWhatTheReaderRefuses() {
        assertThat(SCHEMA.get("additionalProperties").asBoolean(true)).isFalse();
        assertThat(names("/required")).containsExactly("name", "space", "objectives", "strategy", "budget");
        assertThat(SCHEMA.at("/properties/window/minimum").asInt()).isEqualTo(1);
        assertThat(SCHEMA.at("/properties/window/default").asInt()).isEqualTo(16);
        assertThat(SCHEMA.at("/properties/budget/anyOf")).hasSize(3);
    }

    private static JsonNode form(String part, String name) {
        for (JsonNode form : SCHEMA.at("/properties/" + part + "/oneOf")) {
            if (form.at("/properties/name/const").asText().equals(name)) {
                return form;
            }
        }
        throw new AssertionError(part + " has no form named " + name);
    }

    private static List<String> names(String pointer) {
        return SCHEMA.at(pointer).valueStream().map(JsonNode::asText).toList();
    }
}
