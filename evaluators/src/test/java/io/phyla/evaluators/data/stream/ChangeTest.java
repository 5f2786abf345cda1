package io.phyla.evaluators.data.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.phyla.evaluators.engine.SplitMix;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ChangeTest {

    private static final int SIZE = 9;
    private static final int DRAWS = 20_000;

    private static float[] bytes() {
        float[] values = new float[256];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        return values;
    }

    /** No pixel is black. */
    private static byte[] image(long seed) {
        SplitMix random = new SplitMix(seed);
        byte[] image = new byte[SIZE * SIZE];
        for (int i = 0; i < image.length; i++) {
            image[i] = (byte) (1 + random.nextInt(255));
        }
        return image;
    }

    private static byte[] apply(byte[] image, int right, int down, boolean mirrored) {
        Change change = new Change(Augmentation.NONE, SIZE);
        change.set(right, down, mirrored);
        return apply(image, change);
    }

    private static byte[] apply(byte[] image, Change change) {
        float[] target = new float[image.length];
        Arrays.fill(target, -1);
        change.apply(image, 0, bytes(), target);
        byte[] result = new byte[image.length];
        for (int i = 0; i < image.length; i++) {
            assertThat(target[i]).isBetween(0f, 255f);
            result[i] = (byte) (int) target[i];
        }
        return result;
    }

    @Property
    void mirroringTwiceChangesNothing(@ForAll long seed) {
        byte[] image = image(seed);
        byte[] mirrored = apply(image, 0, 0, true);
        assertThat(mirrored[0]).isEqualTo(image[SIZE - 1]);
        assertThat(mirrored).isNotEqualTo(image);
        assertThat(apply(mirrored, 0, 0, true)).isEqualTo(image);
    }

    @Property
    void shiftingThereAndBackLosesOnlyWhatLeftTheImage(
            @ForAll long seed,
            @ForAll @IntRange(min = -12, max = 12) int right,
            @ForAll @IntRange(min = -12, max = 12) int down) {
        byte[] image = image(seed);
        byte[] back = apply(apply(image, right, down, false), -right, -down, false);
        for (int i = 0; i < image.length; i++) {
            int x = i % SIZE - right;
            int y = i / SIZE - down;
            boolean stayed = x >= 0 && x < SIZE && y >= 0 && y < SIZE;
            assertThat(back[i]).isEqualTo(stayed ? image[i] : 0);
        }
    }

    @Property
    void cropComesBeforeTheMirror(@ForAll @IntRange(min = -3, max = 3) int right) {
        byte[] image = image(1);
        assertThat(apply(image, right, 1, true)).isEqualTo(apply(apply(image, right, 1, false), 0, 0, true));
    }

    @Test
    void cropsAreUniformAndHalfTheImagesAreMirrored() {
        byte[] image = new byte[SIZE * SIZE];
        for (int i = 0; i < image.length; i++) {
            image[i] = (byte) (1 + i);
        }
        Change change = new Change(new Augmentation(2, true, 0, 0), SIZE);
        SplitMix random = new SplitMix(4);
        int[][] shifts = new int[5][5];
        int mirrored = 0;
        for (int i = 0; i < DRAWS; i++) {
            change.draw(random);
            byte[] changed = apply(image, change);
            int middle = changed[SIZE * 4 + 4] - 1;
            int left = changed[SIZE * 4 + 3] - 1;
            mirrored += left > middle ? 1 : 0;
            shifts[middle / SIZE - 2][middle % SIZE - 2]++;
        }
        assertThat(mirrored / (double) DRAWS).isCloseTo(0.5, within(0.015));
        double chi = 0;
        for (int[] row : shifts) {
            for (int seen : row) {
                chi += Math.pow(seen - DRAWS / 25.0, 2) / (DRAWS / 25.0);
            }
        }
        assertThat(chi).as("chi-squared of 24 degrees, p > 1e-4").isLessThan(59);
    }

    /** The middle of the square is uniform, so a border pixel is covered less often than one inside. */
    @Test
    void cutoutClearsASquareAroundAUniformPixel() {
        byte[] image = image(2);
        Change change = new Change(new Augmentation(0, false, 4, 0), SIZE);
        SplitMix random = new SplitMix(5);
        double[] cleared = new double[SIZE * SIZE];
        for (int i = 0; i < DRAWS; i++) {
            change.draw(random);
            byte[] changed = apply(image, change);
            int count = 0;
            for (int at = 0; at < changed.length; at++) {
                boolean zero = changed[at] == 0;
                assertThat(zero || changed[at] == image[at]).isTrue();
                cleared[at] += zero ? 1.0 / DRAWS : 0;
                count += zero ? 1 : 0;
            }
            assertThat(count).isBetween(4, 16);
        }
        assertThat(cleared[SIZE * 4 + 4]).isCloseTo(16 / 81.0, within(0.015));
        assertThat(cleared[0]).as("middles in 0 to 2 of each side").isCloseTo(9 / 81.0, within(0.015));
        assertThat(cleared[SIZE * SIZE - 1]).as("middles in 7 and 8").isCloseTo(4 / 81.0, within(0.015));
    }

    /** Mean 1/2 and variance 1 / (4 (2a + 1)), (Beta distribution). */
    @Test
    void betaHasItsMoments() {
        for (double alpha : new double[] {0.05, 0.2, 0.5, 1}) {
            SplitMix random = new SplitMix(7);
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < DRAWS; i++) {
                double drawn = Beta.draw(alpha, random);
                assertThat(drawn).isBetween(0.0, 1.0);
                sum += drawn;
                squares += drawn * drawn;
            }
            double mean = sum / DRAWS;
            assertThat(mean).isCloseTo(0.5, within(0.015));
            assertThat(squares / DRAWS - mean * mean).isCloseTo(1 / (4 * (2 * alpha + 1)), within(0.008));
        }
        assertThat(Beta.draw(1e-300, new SplitMix(1))).isIn(0.0, 1.0);
    }
}
