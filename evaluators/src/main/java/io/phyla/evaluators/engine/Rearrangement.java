package io.phyla.evaluators.engine;

import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Shape;
import java.lang.foreign.MemorySegment;

/** A layer that only moves elements. Backward moves them back; elements that came from nowhere are dropped. */
sealed interface Rearrangement {

    void forward(MemorySegment x, MemorySegment y);

    void backward(MemorySegment dy, MemorySegment dx);

    /** Rows and columns of zeros around a map, or cut off where negative. */
    record Padding(int batch, Shape in, Shape out, Layer.Pad layer) implements Rearrangement {

        @Override
        public void forward(MemorySegment x, MemorySegment y) {
            move(x, in, y, out, layer.top(), layer.left());
        }

        @Override
        public void backward(MemorySegment dy, MemorySegment dx) {
            move(dy, out, dx, in, -layer.top(), -layer.left());
        }

        /** Pixel (row, column) of the source goes to (row + down, column + right), if there is such a pixel. */
        private void move(MemorySegment source, Shape from, MemorySegment target, Shape to, int down, int right) {
            int firstRow = Math.max(0, down);
            int lastRow = Math.min(to.height(), from.height() + down);
            int firstColumn = Math.max(0, right);
            int columns = Math.min(to.width(), from.width() + right) - firstColumn;
            long pixel = (long) in.channels() * Float.BYTES;
            if (columns < to.width() || lastRow - firstRow < to.height()) {
                target.fill((byte) 0);
            }
            for (int sample = 0; sample < batch && columns > 0; sample++) {
                for (int row = firstRow; row < lastRow; row++) {
                    long here = ((long) sample * from.height() + row - down) * from.width() + firstColumn - right;
                    long there = ((long) sample * to.height() + row) * to.width() + firstColumn;
                    MemorySegment.copy(source, here * pixel, target, there * pixel, columns * pixel);
                }
            }
        }
    }

    /** From pixels of channels to channels of pixels. */
    record Flattening(int batch, Shape in) implements Rearrangement {

        @Override
        public void forward(MemorySegment x, MemorySegment y) {
            transpose(x, y, in.height() * in.width(), in.channels());
        }

        @Override
        public void backward(MemorySegment dy, MemorySegment dx) {
            transpose(dy, dx, in.channels(), in.height() * in.width());
        }

        private void transpose(MemorySegment source, MemorySegment target, int rows, int columns) {
            for (int sample = 0; sample < batch; sample++) {
                Transposition.run(source, target, sample * rows * columns, rows, columns);
            }
        }
    }

    /** Channels spread over squares of pixels: input channel c*r*r + i*r + j becomes channel c of pixel (i, j). */
    record Shuffling(int batch, Shape in, int factor) implements Rearrangement {

        @Override
        public void forward(MemorySegment x, MemorySegment y) {
            move(x, y, true);
        }

        @Override
        public void backward(MemorySegment dy, MemorySegment dx) {
            move(dy, dx, false);
        }

        private void move(MemorySegment source, MemorySegment target, boolean spread) {
            int square = factor * factor;
            int channels = in.channels() / square;
            int width = in.width() * factor;
            int rows = batch * in.height();
            for (int row = 0; row < rows; row++) {
                for (int column = 0; column < in.width(); column++) {
                    int deep = (row * in.width() + column) * in.channels();
                    for (int place = 0; place < square; place++) {
                        int wide =
                                ((row * factor + place / factor) * width + column * factor + place % factor) * channels;
                        for (int c = 0; c < channels; c++) {
                            int from = spread ? deep + c * square + place : wide + c;
                            int to = spread ? wide + c : deep + c * square + place;
                            Lanes.set(target, to, Lanes.get(source, from));
                        }
                    }
                }
            }
        }
    }
}
