package io.phyla.spaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

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
    }
}
