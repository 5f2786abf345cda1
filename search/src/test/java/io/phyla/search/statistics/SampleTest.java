package io.phyla.search.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SampleTest {

    @Test
    void hasTheMeanAndSpreadOfATextbook() {
        Sample sample = new Sample(List.of(2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0));
        assertThat(sample.mean()).isEqualTo(5);
        assertThat(sample.standardDeviation()).isCloseTo(Math.sqrt(32.0 / 7), within(1e-12));
        assertThat(sample.standardError()).isCloseTo(Math.sqrt(32.0 / 7 / 8), within(1e-12));
        Sample other = new Sample(List.of(1.0, 2.0, 3.0));
        assertThat(sample.standardError(other)).isCloseTo(Math.sqrt(32.0 / 7 / 8 + 1.0 / 3), within(1e-12));
    }

    @Test
    void oneValueHasNoSpreadAndNoneNoMean() {
        Sample one = new Sample(List.of(7.0));
        assertThat(one.mean()).isEqualTo(7);
        assertThat(one.standardDeviation()).isNaN();
        assertThat(one.standardError()).isNaN();
        assertThatThrownBy(() -> new Sample(List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
