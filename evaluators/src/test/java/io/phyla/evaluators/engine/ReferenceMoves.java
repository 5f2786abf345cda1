package io.phyla.evaluators.engine;

import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Shape;

/** Layers that only move elements: for every element of the output the one of the input that it is, if any. */
record ReferenceMoves(Layer layer, int batch, Shape in, Shape out) {

    private static final int NOWHERE = -1;

    void forward(double[] x, double[] y) {
        each((from, to) -> y[to] += x[from]);
    }

    void backward(double[] dy, double[] dx) {
        each((from, to) -> dx[from] += dy[to]);
    }

    private interface Move {
        void move(int from, int to);
    }

    private void each(Move move) {
        int to = 0;
        for (int sample = 0; sample < batch; sample++) {
            for (int channel = 0; channel < out.channels(); channel++) {
                for (int row = 0; row < out.height(); row++) {
                    for (int column = 0; column < out.width(); column++, to++) {
                        int from = source(channel, row, column);
                        if (from != NOWHERE) {
                            move.move(Math.toIntExact(sample * in.elements()) + from, to);
                        }
                    }
                }
            }
        }
    }

    private int source(int channel, int row, int column) {
        if (layer instanceof Layer.Pad pad) {
            return element(channel, row - pad.top(), column - pad.left());
        }
        if (layer instanceof Layer.PixelShuffle shuffle) {
            int r = shuffle.factor();
            return element(channel * r * r + row % r * r + column % r, row / r, column / r);
        }
        if (layer instanceof Layer.Flatten) {
            return channel;
        }
        throw new IllegalArgumentException(layer + " does more than move elements");
    }

    private int element(int channel, int row, int column) {
        boolean inside = row >= 0 && row < in.height() && column >= 0 && column < in.width();
        return inside ? (channel * in.height() + row) * in.width() + column : NOWHERE;
    }
}
