package io.phyla.evaluators.export;

import static org.assertj.core.api.Assertions.assertThat;

/** How close another program's outputs must come to ours. */
public final class Closeness {

    private static final double TOLERANCE = 1e-4;

    private Closeness() {}

    /** Each within 1e-4 of the largest. */
    public static void check(String what, double[] expected, float[] actual) {
        assertThat(actual).as(what).hasSameSizeAs(expected);
        double most = 0;
        for (double value : expected) {
            most = Math.max(most, Math.abs(value));
        }
        for (int i = 0; i < expected.length; i++) {
            assertThat(Math.abs(actual[i] - expected[i]))
                    .as(
                            "%s: output %d is %s instead of %s, the largest being %s",
                            what, i, actual[i], expected[i], most)
                    .isLessThanOrEqualTo(TOLERANCE * most);
        }
    }
}
