package io.phyla.evaluators.program;

import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.Operation.Axes;
import io.phyla.spaces.design.Shape;

/**
 * What a program is compiled for, N,H,W,C in memory.
 *
 * @param groups of channels
 * @param period numbers in a row: those of the channels over and over, so that rows are whole vectors
 * @param tile elements that kernels take at a time, a multiple of the period
 */
record Setting(int batch, int channels, int pixels, int groups, int period, int tile, float epsilon) {

    /** Four vectors are summed at a time. */
    private static final int WIDE = 32;

    private static final int LANES = 8;
    private static final int LONGEST = 512;

    /** So small that the operands of a few kernels stay in the nearest cache, so large that their calls do not count. */
    private static final int TILE = Integer.getInteger("phyla.tile", 512);

    static Setting of(LayerProgram program, int batch, Shape shape) {
        int channels = shape.channels();
        int pixels = shape.height() * shape.width();
        int wide = multiple(channels, WIDE);
        int period = wide <= LONGEST ? wide : multiple(channels, LANES);
        int sample = Math.ceilDiv(Math.multiplyExact(channels, pixels), period) * period;
        int tile = Math.min(sample, Math.max(1, TILE / period) * period);
        return new Setting(
                batch, channels, pixels, program.groups(channels), period, tile, (float) program.epsilon());
    }

    /** The least common one. */
    private static int multiple(int a, int b) {
        int multiple = a;
        while (multiple % b != 0) {
            multiple = Math.addExact(multiple, a);
        }
        return multiple;
    }

    /** Of one sample. */
    int elements() {
        return channels * pixels;
    }

    long sampleBytes() {
        return (long) elements() * Float.BYTES;
    }

    long rowBytes() {
        return (long) period * Float.BYTES;
    }

    long tileBytes() {
        return (long) tile * Float.BYTES;
    }

    /** Whether samples end within a vector. */
    boolean ragged() {
        return elements() % LANES != 0;
    }

    /** Channels of one set within a sample. */
    int setChannels(Axes axes) {
        return switch (axes) {
            case BATCH, INSTANCE -> 1;
            case LAYER -> channels;
            case GROUP -> channels / groups;
        };
    }
}
