package io.phyla.spaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GenomeTest {

    @Property(tries = 200)
    void survivesItsText(@ForAll List<@IntRange(max = Integer.MAX_VALUE) Integer> options) {
        Genome genome = Genome.of(options.stream().mapToInt(each -> each).toArray());
        assertThat(Genome.parse(genome.toString())).isEqualTo(genome).hasSameHashCodeAs(genome);
    }

    @Test
    void neverChanges() {
        int[] options = {1, 2};
        Genome genome = Genome.of(options);
        options[0] = 9;
        genome.toArray()[1] = 9;
        assertThat(genome.with(0, 5)).isEqualTo(Genome.of(5, 2));
        assertThat(genome).isEqualTo(Genome.of(1, 2));
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "1.", "1..2", "-1", "a", "1,2", "99999999999", "4294967295", "+1", " 1"})
    void refusesOtherText(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Genome.parse(text))
                .withMessageContaining("joined by dots");
    }
}
