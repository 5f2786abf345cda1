package io.phyla.evaluators.engine;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/** Maps multiplied and shifted by numbers of each channel. Pixels go in tiles, so that those numbers stay in registers. */
final class ChannelScaling {

    private ChannelScaling() {}

    /** target = a * factors + summands, one map from element {@code start} on. */
    static void scale(
            MemorySegment a, float[] factors, float[] summands, MemorySegment target, long start, int pixels) {
        int channels = factors.length;
        int bound = Lanes.bound(channels);
        int tile = Lanes.tile(channels);
        for (int from = 0; from < pixels; from += tile) {
            int to = Math.min(pixels, from + tile);
            for (int c = 0; c < bound; c += Lanes.COUNT) {
                FloatVector factor = FloatVector.fromArray(Lanes.SPECIES, factors, c);
                FloatVector summand = FloatVector.fromArray(Lanes.SPECIES, summands, c);
                for (int pixel = from; pixel < to; pixel++) {
                    long at = start + (long) pixel * channels + c;
                    Lanes.store(Lanes.load(a, at).mul(factor).add(summand), target, at);
                }
            }
            for (int c = bound; c < channels; c++) {
                for (int pixel = from; pixel < to; pixel++) {
                    long at = start + (long) pixel * channels + c;
                    Lanes.set(target, at, Lanes.get(a, at) * factors[c] + summands[c]);
                }
            }
        }
    }

    /** target = a * factorsA + b * factorsB + summands, one map from element {@code start} on. */
    static void combine(
            MemorySegment a,
            float[] factorsA,
            MemorySegment b,
            float[] factorsB,
            float[] summands,
            MemorySegment target,
            long start,
            int pixels) {
        int channels = summands.length;
        int bound = Lanes.bound(channels);
        int tile = Lanes.tile(channels);
        for (int from = 0; from < pixels; from += tile) {
            int to = Math.min(pixels, from + tile);
            for (int c = 0; c < bound; c += Lanes.COUNT) {
                FloatVector factorA = FloatVector.fromArray(Lanes.SPECIES, factorsA, c);
                FloatVector factorB = FloatVector.fromArray(Lanes.SPECIES, factorsB, c);
                FloatVector summand = FloatVector.fromArray(Lanes.SPECIES, summands, c);
                for (int pixel = from; pixel < to; pixel++) {
                    long at = start + (long) pixel * channels + c;
                    FloatVector sum = Lanes.load(a, at)
                            .mul(factorA)
                            .add(Lanes.load(b, at).mul(factorB))
                            .add(summand);
                    Lanes.store(sum, target, at);
                }
            }
            for (int c = bound; c < channels; c++) {
                for (int pixel = from; pixel < to; pixel++) {
                    long at = start + (long) pixel * channels + c;
                    float sum = Lanes.get(a, at) * factorsA[c] + Lanes.get(b, at) * factorsB[c] + summands[c];
                    Lanes.set(target, at, sum);
                }
            }
        }
    }
}
