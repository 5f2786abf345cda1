package io.phyla.evaluators.engine;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Sums over the pixels of one map, for each channel by itself. A few pixels are summed in float, those sums in double, in an
 * order that depends on the number of pixels only.
 */
final class ChannelSums {

    /** Pixels summed in float: few enough for the error, and to stay in the nearest cache with all their channels. */
    static final int CHUNK = 32;

    private final int channels;
    private final float[] lanes = new float[Lanes.COUNT];

    ChannelSums(int channels) {
        this.channels = channels;
    }

    /** The sums of {@code a}, whose first element is number {@code start}. */
    void sum(MemorySegment a, long start, int pixels, double[] sums) {
        Arrays.fill(sums, 0);
        int bound = Lanes.bound(channels);
        for (int from = 0; from < pixels; from += CHUNK) {
            int to = Math.min(pixels, from + CHUNK);
            for (int c = 0; c < bound; c += Lanes.COUNT) {
                FloatVector total = FloatVector.zero(Lanes.SPECIES);
                for (int pixel = from; pixel < to; pixel++) {
                    total = total.add(Lanes.load(a, start + (long) pixel * channels + c));
                }
                add(total, sums, c);
            }
            for (int c = bound; c < channels; c++) {
                float total = 0;
                for (int pixel = from; pixel < to; pixel++) {
                    total += Lanes.get(a, start + (long) pixel * channels + c);
                }
                sums[c] += total;
            }
        }
    }

    /** The sums of {@code (a - centreA) * (b - centreB)}; both maps start at element {@code start}. */
    void products(
            MemorySegment a, float[] centreA, MemorySegment b, float[] centreB, long start, int pixels, double[] sums) {
        Arrays.fill(sums, 0);
        int bound = Lanes.bound(channels);
        for (int from = 0; from < pixels; from += CHUNK) {
            int to = Math.min(pixels, from + CHUNK);
            for (int c = 0; c < bound; c += Lanes.COUNT) {
                FloatVector middleA = FloatVector.fromArray(Lanes.SPECIES, centreA, c);
                FloatVector middleB = FloatVector.fromArray(Lanes.SPECIES, centreB, c);
                FloatVector total = FloatVector.zero(Lanes.SPECIES);
                for (int pixel = from; pixel < to; pixel++) {
                    long at = start + (long) pixel * channels + c;
                    total = total.add(
                            Lanes.load(a, at).sub(middleA).mul(Lanes.load(b, at).sub(middleB)));
                }
                add(total, sums, c);
            }
            for (int c = bound; c < channels; c++) {
                float total = 0;
                for (int pixel = from; pixel < to; pixel++) {
                    long at = start + (long) pixel * channels + c;
                    total += (Lanes.get(a, at) - centreA[c]) * (Lanes.get(b, at) - centreB[c]);
                }
                sums[c] += total;
            }
        }
    }

    private void add(FloatVector totals, double[] sums, int from) {
        totals.intoArray(lanes, 0);
        for (int lane = 0; lane < lanes.length; lane++) {
            sums[from + lane] += lanes[lane];
        }
    }
}
