package io.phyla.evaluators.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.phyla.evaluators.data.Dataset.Split;

/** What every data set promises, whatever format it came in. */
public final class DatasetContract {

    private static final int OFFSET = 7;
    private static final int MOST_READ = 100;

    private DatasetContract() {}

    /** Reads up to 100 images of each split. */
    public static void check(Dataset data) {
        assertThat(data.classes()).isGreaterThan(1);
        assertThat(data.channels()).isPositive();
        assertThat(data.size()).isPositive();
        assertThat(data.sha256()).matches("[0-9a-f]{64}");
        assertThat(data.classNames().size()).isIn(0, data.classes());
        for (Split split : Split.values()) {
            assertThat(data.count(split)).as("images in %s", split).isPositive();
            for (int i = 0; i < Math.min(data.count(split), MOST_READ); i++) {
                checkImage(data, split, i);
            }
            for (int outside : new int[] {-1, data.count(split)}) {
                assertThatThrownBy(() -> data.read(split, outside, new byte[image(data)], 0))
                        .isInstanceOf(IndexOutOfBoundsException.class);
            }
        }
    }

    private static int image(Dataset data) {
        return data.channels() * data.size() * data.size();
    }

    /** Reading twice gives the same, at any offset, and touches nothing else. */
    private static void checkImage(Dataset data, Split split, int index) {
        byte[] first = new byte[image(data)];
        byte[] second = new byte[image(data) + 2 * OFFSET];
        int label = data.read(split, index, first, 0);
        assertThat(label).isBetween(0, data.classes() - 1);
        assertThat(data.read(split, index, second, OFFSET)).isEqualTo(label);
        byte[] expected = new byte[second.length];
        System.arraycopy(first, 0, expected, OFFSET, first.length);
        assertThat(second).isEqualTo(expected);
    }
}
