package io.phyla.evaluators.engine;

import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Shape;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.FloatVector;

/**
 * Each pixel of the small map collects its shares of the large map's gradient; oneDNN goes element by element here.
 */
final class UpsampleGradient implements UnaryGradient.Loops {

    private final int batch;
    private final Shape in;
    private final int factor;
    private final Axis rows;
    private final Axis columns;

    UpsampleGradient(int batch, Shape in, Layer.Upsample layer) {
        this.batch = batch;
        this.in = in;
        this.factor = layer.factor();
        this.rows = Axis.of(layer, in.height());
        this.columns = Axis.of(layer, in.width());
    }

    /**
     * Along one direction, for each old pixel the first new pixel that it has a share in, and its shares from there on.
     */
    private record Axis(int[] from, float[][] shares) {

        static Axis of(Layer.Upsample layer, int size) {
            int[] from = new int[size];
            float[][] shares = new float[size][];
            for (int old = 0; old < size; old++) {
                // No new pixel further away than a neighbour's square has a share.
                int first = Math.max(0, old - 1) * layer.factor();
                int end = Math.min(size, old + 2) * layer.factor();
                while (share(layer, size, old, first) == 0) {
                    first++;
                }
                while (share(layer, size, old, end - 1) == 0) {
                    end--;
                }
                from[old] = first;
                shares[old] = new float[end - first];
                for (int k = 0; k < shares[old].length; k++) {
                    shares[old][k] = (float) share(layer, size, old, first + k);
                }
            }
            return new Axis(from, shares);
        }

        /** What part of a new pixel is an old one. */
        private static double share(Layer.Upsample layer, int size, int old, int pixel) {
            return switch (layer.kind()) {
                case NEAREST -> pixel / layer.factor() == old ? 1 : 0;
                case LINEAR -> {
                    double at = Math.clamp((pixel + 0.5) / layer.factor() - 0.5, 0, size - 1);
                    yield Math.max(0, 1 - Math.abs(at - old));
                }
            };
        }
    }

    @Override
    public void run(MemorySegment y, MemorySegment dy, MemorySegment dx) {
        for (int sample = 0; sample < batch; sample++) {
            for (int row = 0; row < in.height(); row++) {
                for (int column = 0; column < in.width(); column++) {
                    pixel(dy, dx, sample, row, column);
                }
            }
        }
    }

    /** The last vector of channels overlaps the one before, which it then writes again. */
    private void pixel(MemorySegment dy, MemorySegment dx, int sample, int row, int column) {
        int channels = in.channels();
        long to = ((long) (sample * in.height() + row) * in.width() + column) * channels;
        if (channels < Lanes.COUNT) {
            for (int channel = 0; channel < channels; channel++) {
                dx.setAtIndex(ValueLayout.JAVA_FLOAT, to + channel, collectOne(dy, sample, row, column, channel));
            }
            return;
        }
        for (int channel = 0; channel < channels; channel += Lanes.COUNT) {
            int first = Math.min(channel, channels - Lanes.COUNT);
            Lanes.store(collect(dy, sample, row, column, first), dx, to + first);
        }
    }

    private FloatVector collect(MemorySegment dy, int sample, int row, int column, int channel) {
        float[] down = rows.shares()[row];
        float[] across = columns.shares()[column];
        FloatVector sum = Lanes.zero();
        for (int r = 0; r < down.length; r++) {
            long at = start(sample, row, column, r) + channel;
            for (float share : across) {
                sum = Lanes.load(dy, at).fma(Lanes.all(down[r] * share), sum);
                at += in.channels();
            }
        }
        return sum;
    }

    private float collectOne(MemorySegment dy, int sample, int row, int column, int channel) {
        float[] down = rows.shares()[row];
        float[] across = columns.shares()[column];
        float sum = 0;
        for (int r = 0; r < down.length; r++) {
            long at = start(sample, row, column, r) + channel;
            for (float share : across) {
                sum = Math.fma(dy.getAtIndex(ValueLayout.JAVA_FLOAT, at), down[r] * share, sum);
                at += in.channels();
            }
        }
        return sum;
    }

    /** The first of a row of new pixels that an old one has shares in. */
    private long start(int sample, int row, int column, int r) {
        long line = (long) sample * in.height() * factor + rows.from()[row] + r;
        return (line * in.width() * factor + columns.from()[column]) * in.channels();
    }
}
