package io.phyla.evaluators.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ResolutionTest {

    private static final Batch TWO_CHANNELS = new Batch(
            new float[] {
                1, 3, 5, 7,
                5, 7, 1, 3,
                0, 0, 2, 2,
                0, 4, 2, 2,
                8, 8, 0, 0,
                8, 8, 0, 0,
                0, 0, 1, 1,
                0, 0, 1, 1
            },
            new int[] {7},
            2,
            4);

    @Test
    void averagesSquares() {
        Batch halved = Resolution.scale(TWO_CHANNELS, 2);
        assertThat(halved.images()).containsExactly(4, 4, 1, 2, 8, 0, 0, 1);
        assertThat(halved.size()).isEqualTo(2);
        assertThat(halved.labels()).containsExactly(7);
    }

    @Test
    void repeatsPixels() {
        Batch pair = new Batch(new float[] {1, 2, 3, 4, 5, 6, 7, 8}, new int[] {0, 1}, 1, 2);
        assertThat(Resolution.scale(pair, 4).images())
                .containsExactly(
                        1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4, 5, 5, 6, 6, 5, 5, 6, 6, 7, 7, 8, 8, 7, 7, 8, 8);
    }

    @Test
    void repeatingThenAveragingChangesNothing() {
        Batch there = Resolution.scale(TWO_CHANNELS, 12);
        assertThat(Resolution.scale(there, 4).images()).containsExactly(TWO_CHANNELS.images());
    }

    @Test
    void refusesFractions() {
        assertThatThrownBy(() -> Resolution.scale(TWO_CHANNELS, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("4 x 4")
                .hasMessageContaining("3 x 3");
    }
}
