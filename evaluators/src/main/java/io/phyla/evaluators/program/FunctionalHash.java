package io.phyla.evaluators.program;

import io.phyla.evaluators.program.ReferenceProgram.Gradients;
import io.phyla.spaces.Key;
import java.nio.ByteBuffer;

/**
 * What a program does, as a key: its output and its gradients on the {@link Probe}, in 13 binary digits. The sign and the positive
 * scale of the whole output are folded away, for the trained scale after the layer takes them up; gradients are folded alike.
 * Two programs with the same key do the same to that many digits on hundreds of numbers, in both directions.
 */
final class FunctionalHash {

    /** Bits of a double's fraction that are rounded away: 13 significant ones stay, about four decimal digits. */
    private static final int ROUNDED = 40;

    /** Below this share of the mean size a number is what rounding left of a 0. */
    private static final double NOTHING = 1e-9;

    /** Keeps simple fractions of the mean size away from the edges between two roundings. */
    private static final double ODD = 1.0371;

    private FunctionalHash() {}

    /** @param y finite and not all 0 */
    static Key of(double[] y, Gradients gradients) {
        double size = meanSize(y);
        double fold = 1 / (size * ODD);
        for (double each : y) {
            if (Math.abs(each) >= size / 2) {
                fold = each < 0 ? -fold : fold;
                break;
            }
        }
        int vectors = 0;
        for (double[] vector : gradients.vectors()) {
            vectors += vector.length;
        }
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * (y.length + gradients.x().length + vectors));
        put(y, fold, NOTHING, bytes);
        double floor = NOTHING * meanSize(gradients.x()) / size;
        put(gradients.x(), fold, floor, bytes);
        for (double[] vector : gradients.vectors()) {
            put(vector, fold, floor, bytes);
        }
        return Key.of(bytes.array());
    }

    private static double meanSize(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += Math.abs(value);
        }
        return sum / values.length;
    }

    private static void put(double[] values, double fold, double floor, ByteBuffer bytes) {
        for (double value : values) {
            double folded = value * fold;
            bytes.putLong(Math.abs(folded) < floor ? 0 : rounded(folded));
        }
    }

    private static long rounded(double value) {
        return Double.doubleToLongBits(value) + (1L << (ROUNDED - 1)) >> ROUNDED;
    }
}
