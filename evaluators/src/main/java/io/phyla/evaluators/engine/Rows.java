package io.phyla.evaluators.engine;

import java.lang.foreign.MemorySegment;

/** Short rows copied between memory of different strides, counted in floats: some channels of every pixel. */
final class Rows {

    private Rows() {}

    /** Copies {@code rows} times {@code width} elements, times a factor. */
    static void copy(
            MemorySegment source,
            int sourceFrom,
            int sourceStride,
            MemorySegment target,
            int targetFrom,
            int targetStride,
            int width,
            int rows,
            float factor) {
        int bound = Lanes.bound(width);
        for (int row = 0; row < rows; row++) {
            long from = sourceFrom + (long) row * sourceStride;
            long to = targetFrom + (long) row * targetStride;
            for (int i = 0; i < bound; i += Lanes.COUNT) {
                Lanes.store(Lanes.load(source, from + i).mul(factor), target, to + i);
            }
            for (int i = bound; i < width; i++) {
                Lanes.set(target, to + i, Lanes.get(source, from + i) * factor);
            }
        }
    }
}
