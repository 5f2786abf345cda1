package io.phyla.evaluators.engine;

import io.phyla.spaces.design.Extent;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * The gradient of a depthwise convolution with holes to its input, for which oneDNN has no kernel of its own on AVX2: each
 * pixel collects what its taps contributed to.
 */
final class DepthwiseDataGradient {

    private final DepthwiseShape shape;
    private final Axis rows;
    private final Axis columns;

    DepthwiseDataGradient(DepthwiseShape shape) {
        this.shape = shape;
        Extent kernel = shape.kernel();
        rows = Axis.of(
                shape.in().height(),
                shape.out().height(),
                kernel.height(),
                shape.stride().height(),
                shape.padding().height(),
                shape.dilation().height());
        columns = Axis.of(
                shape.in().width(),
                shape.out().width(),
                kernel.width(),
                shape.stride().width(),
                shape.padding().width(),
                shape.dilation().width());
    }

    DepthwiseShape shape() {
        return shape;
    }

    /** Along one direction, for each input the taps through which it reaches an output, and which outputs those are. */
    private record Axis(int[][] taps, int[][] outputs) {

        static Axis of(int in, int out, int kernel, int stride, int padding, int dilation) {
            int[][] taps = new int[in][];
            int[][] outputs = new int[in][];
            for (int i = 0; i < in; i++) {
                int[] tap = new int[kernel];
                int[] output = new int[kernel];
                int count = 0;
                for (int k = 0; k < kernel; k++) {
                    int from = i + padding - k * dilation;
                    if (from >= 0 && from % stride == 0 && from / stride < out) {
                        tap[count] = k;
                        output[count++] = from / stride;
                    }
                }
                taps[i] = Arrays.copyOf(tap, count);
                outputs[i] = Arrays.copyOf(output, count);
            }
            return new Axis(taps, outputs);
        }
    }

    /** @param weights tap by tap */
    void run(MemorySegment weights, MemorySegment dy, MemorySegment dx) {
        int channels = shape.in().channels();
        for (int sample = 0; sample < shape.batch(); sample++) {
            for (int row = 0; row < shape.in().height(); row++) {
                for (int column = 0; column < shape.in().width(); column++) {
                    long to = ((long) (sample * shape.in().height() + row) * shape.in().width() + column) * channels;
                    for (int channel = 0; channel < channels; channel += Lanes.COUNT) {
                        int first = Math.min(channel, channels - Lanes.COUNT);
                        Lanes.store(collect(weights, dy, sample, row, column, first), dx, to + first);
                    }
                }
            }
        }
    }

    private FloatVector collect(
            MemorySegment weights, MemorySegment dy, int sample, int row, int column, int channel) {
        int channels = shape.in().channels();
        int[] rowTaps = rows.taps()[row];
        int[] columnTaps = columns.taps()[column];
        int[] columnOutputs = columns.outputs()[column];
        FloatVector sum = Lanes.zero();
        for (int r = 0; r < rowTaps.length; r++) {
            long line = (long) (sample * shape.out().height() + rows.outputs()[row][r]) * shape.out().width();
            int tap = rowTaps[r] * shape.kernel().width();
            for (int c = 0; c < columnTaps.length; c++) {
                FloatVector slope = Lanes.load(dy, (line + columnOutputs[c]) * channels + channel);
                FloatVector weight = Lanes.load(weights, (long) (tap + columnTaps[c]) * channels + channel);
                sum = slope.fma(weight, sum);
            }
        }
        return sum;
    }
}
