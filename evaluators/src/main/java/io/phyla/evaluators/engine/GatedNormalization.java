package io.phyla.evaluators.engine;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * Batch normalisation by the batch's own statistics in front of a rectifier that is frozen: what it does not pass is 0 in the
 * output already, everything else is overwritten by the normalised value of whatever sign.
 */
final class GatedNormalization {

    private final double epsilon;
    private final ChannelSums sums;
    private final double[] totals;
    private final float[] centres;
    private final float[] factors;
    private final float[] summands;

    GatedNormalization(int channels, double epsilon) {
        this.epsilon = epsilon;
        this.sums = new ChannelSums(channels);
        this.totals = new double[channels];
        this.centres = new float[channels];
        this.factors = new float[channels];
        this.summands = new float[channels];
    }

    /** Writes the batch's mean and biased variance, too, for the backward run. */
    void run(
            Tensor x,
            Tensor y,
            MemorySegment means,
            MemorySegment variances,
            MemorySegment scales,
            MemorySegment shifts) {
        int pixels = x.elements() / totals.length;
        sums.sum(x.segment(), 0, pixels, totals);
        for (int c = 0; c < totals.length; c++) {
            centres[c] = (float) (totals[c] / pixels);
            Lanes.set(means, c, centres[c]);
        }
        sums.products(x.segment(), centres, x.segment(), centres, 0, pixels, totals);
        for (int c = 0; c < totals.length; c++) {
            double variance = totals[c] / pixels;
            Lanes.set(variances, c, (float) variance);
            factors[c] = (float) (Lanes.get(scales, c) / Math.sqrt(variance + epsilon));
            summands[c] = Lanes.get(shifts, c);
        }
        normalise(x.segment(), y.segment(), pixels);
    }

    private void normalise(MemorySegment x, MemorySegment y, int pixels) {
        int channels = centres.length;
        int bound = Lanes.bound(channels);
        int tile = Lanes.tile(channels);
        for (int from = 0; from < pixels; from += tile) {
            int to = Math.min(pixels, from + tile);
            for (int c = 0; c < bound; c += Lanes.COUNT) {
                FloatVector centre = FloatVector.fromArray(Lanes.SPECIES, centres, c);
                FloatVector factor = FloatVector.fromArray(Lanes.SPECIES, factors, c);
                FloatVector summand = FloatVector.fromArray(Lanes.SPECIES, summands, c);
                for (int pixel = from; pixel < to; pixel++) {
                    long at = (long) pixel * channels + c;
                    FloatVector value =
                            Lanes.load(x, at).sub(centre).mul(factor).add(summand);
                    Lanes.store(Arithmetic.throughGate(value, Lanes.load(y, at)), y, at);
                }
            }
            for (int c = bound; c < channels; c++) {
                for (int pixel = from; pixel < to; pixel++) {
                    long at = (long) pixel * channels + c;
                    float value = (Lanes.get(x, at) - centres[c]) * factors[c] + summands[c];
                    Lanes.set(y, at, Arithmetic.throughGate(value, Lanes.get(y, at)));
                }
            }
        }
    }
}
