package io.phyla.spaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.phyla.spaces.schema.Json;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecisionTest {

    @Test
    void mutatesAloneUnlessAUnitIsNamed() {
        assertThat(Decision.among("kernel", List.of("3", "5")).unit()).isEqualTo("kernel");
    }

    @Test
    void refusesWhatCannotBeChosen() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Decision.among("kernel", List.of()))
                .withMessageContaining("'kernel' has no options");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Decision.When("depth", Set.of()))
                .withMessageContaining("'depth'");
        Decision.Numeric one = new Decision.Numeric(true, Decision.Scale.LINEAR, List.of(3.0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Decision("kernel", List.of("3", "5"), "kernel", null, one))
                .withMessageContaining("2 options but 1 numbers");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Decision.Numeric(false, Decision.Scale.LOG, List.of(1.0, 1.0)))
                .withMessageContaining("increase strictly");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Decision.among("kernel", List.of("3", "3")))
                .withMessageContaining("'kernel' has an option twice");
    }

    @ParameterizedTest
    @CsvSource({
        "false, LINEAR, NaN, finite",
        "false, LINEAR, Infinity, finite",
        "false, LINEAR, -Infinity, finite",
        "true, LINEAR, 1.5, whole numbers",
        "false, LOG, 0, positive",
        "true, LOG, -1, positive",
    })
    void refusesNumbersThatAreNotOnTheirScale(boolean integer, Decision.Scale scale, double value, String fault) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Decision.Numeric(integer, scale, List.of(value)))
                .withMessageContaining(fault);
    }

    @Test
    void survivesJson() throws JsonProcessingException {
        List<Decision> decisions = List.of(
                Decision.among("depth", List.of("2", "3", "4")),
                new Decision(
                        "block1.rate",
                        List.of("0.001", "0.01"),
                        "block1",
                        new Decision.When("depth", Set.of(1, 2)),
                        new Decision.Numeric(false, Decision.Scale.LOG, List.of(0.001, 0.01))));
        for (Decision decision : decisions) {
            assertThat(Json.MAPPER.readValue(Json.MAPPER.writeValueAsString(decision), Decision.class))
                    .isEqualTo(decision);
        }
    }
}
