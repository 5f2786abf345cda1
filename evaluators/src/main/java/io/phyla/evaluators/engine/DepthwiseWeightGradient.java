package io.phyla.evaluators.engine;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * The gradient of a depthwise convolution to its weights, for windows that oneDNN has no kernel of its own for on AVX2: wider
 * than 3, or with holes. Eight channels at a time; five taps of a row of the window meet each element of the gradient while
 * it is in a register. Samples are summed one by one, so that errors of long sums stay small.
 */
record DepthwiseWeightGradient(DepthwiseShape shape) {

    private static final int TAPS = 5;

    /** @param target weights' gradient, tap by tap */
    void run(MemorySegment x, MemorySegment dy, MemorySegment target) {
        target.fill((byte) 0);
        int channels = shape.in().channels();
        for (int sample = 0; sample < shape.batch(); sample++) {
            for (int channel = 0; channel < channels; channel += Lanes.COUNT) {
                // The last vector may overlap the one before, whose channels must not be added twice.
                int first = Math.min(channel, channels - Lanes.COUNT);
                for (int row = 0; row < shape.kernel().height(); row++) {
                    for (int tap = 0; tap < shape.kernel().width(); tap += TAPS) {
                        taps(x, dy, target, sample, first, channel - first, row, tap);
                    }
                }
            }
        }
    }

    private void taps(
            MemorySegment x,
            MemorySegment dy,
            MemorySegment target,
            int sample,
            int channel,
            int done,
            int kernelRow,
            int tap) {
        int channels = shape.in().channels();
        int width = shape.in().width();
        int stride = shape.stride().width();
        int step = shape.dilation().width();
        int count = Math.min(TAPS, shape.kernel().width() - tap);
        // Taps beyond the window repeat its last one and are thrown away.
        int t1 = Math.min(1, count - 1) * step;
        int t2 = Math.min(2, count - 1) * step;
        int t3 = Math.min(3, count - 1) * step;
        int t4 = Math.min(4, count - 1) * step;
        FloatVector a0 = Lanes.zero();
        FloatVector a1 = a0;
        FloatVector a2 = a0;
        FloatVector a3 = a0;
        FloatVector a4 = a0;
        for (int row = 0; row < shape.out().height(); row++) {
            int xRow = row * shape.stride().height()
                    - shape.padding().height()
                    + kernelRow * shape.dilation().height();
            if (xRow < 0 || xRow >= shape.in().height()) {
                continue;
            }
            long xStart = (long) (sample * shape.in().height() + xRow) * width * channels + channel;
            long yStart =
                    (long) (sample * shape.out().height() + row) * shape.out().width() * channels + channel;
            int at = tap * step - shape.padding().width();
            for (int column = 0; column < shape.out().width(); column++, at += stride) {
                FloatVector slope = Lanes.load(dy, yStart + (long) column * channels);
                if (at >= 0 && at + t4 < width) {
                    long here = xStart + (long) at * channels;
                    a0 = Lanes.load(x, here).fma(slope, a0);
                    a1 = Lanes.load(x, here + (long) t1 * channels).fma(slope, a1);
                    a2 = Lanes.load(x, here + (long) t2 * channels).fma(slope, a2);
                    a3 = Lanes.load(x, here + (long) t3 * channels).fma(slope, a3);
                    a4 = Lanes.load(x, here + (long) t4 * channels).fma(slope, a4);
                } else {
                    a0 = inside(at, width)
                            ? Lanes.load(x, xStart + (long) at * channels).fma(slope, a0)
                            : a0;
                    a1 = inside(at + t1, width)
                            ? Lanes.load(x, xStart + (long) (at + t1) * channels)
                                    .fma(slope, a1)
                            : a1;
                    a2 = inside(at + t2, width)
                            ? Lanes.load(x, xStart + (long) (at + t2) * channels)
                                    .fma(slope, a2)
                            : a2;
                    a3 = inside(at + t3, width)
                            ? Lanes.load(x, xStart + (long) (at + t3) * channels)
                                    .fma(slope, a3)
                            : a3;
                    a4 = inside(at + t4, width)
                            ? Lanes.load(x, xStart + (long) (at + t4) * channels)
                                    .fma(slope, a4)
                            : a4;
                }
            }
        }
        long to = (long) (kernelRow * shape.kernel().width() + tap) * channels + channel;
        add(a0, target, to, done);
        if (count > 1) {
            add(a1, target, to + channels, done);
        }
        if (count > 2) {
            add(a2, target, to + 2L * channels, done);
        }
        if (count > 3) {
            add(a3, target, to + 3L * channels, done);
        }
        if (count > 4) {
            add(a4, target, to + 4L * channels, done);
        }
    }

    private static boolean inside(int at, int width) {
        return at >= 0 && at < width;
    }

    private static void add(FloatVector sum, MemorySegment target, long to, int done) {
        FloatVector old = Lanes.load(target, to);
        FloatVector total = old.add(sum);
        Lanes.store(done == 0 ? total : Lanes.keep(old, total, done), target, to);
    }

    /** The gradient to the bias: the sum over all samples and positions. */
    void bias(MemorySegment dy, MemorySegment target) {
        target.fill((byte) 0);
        int channels = shape.in().channels();
        long area = (long) shape.out().height() * shape.out().width();
        for (int channel = 0; channel < channels; channel += Lanes.COUNT) {
            int first = Math.min(channel, channels - Lanes.COUNT);
            for (int sample = 0; sample < shape.batch(); sample++) {
                FloatVector sum = Lanes.zero();
                for (long i = sample * area; i < (sample + 1) * area; i++) {
                    sum = sum.add(Lanes.load(dy, i * channels + first));
                }
                add(sum, target, first, channel - first);
            }
        }
    }
}
