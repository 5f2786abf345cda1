package io.phyla.evaluators.engine;

import java.lang.foreign.MemorySegment;

/** A matrix turned on its diagonal, tile by tile so that neither side leaves the nearest cache. */
final class Transposition {

    private static final int TILE = 16;

    private Transposition() {}

    /** Both matrices start at element {@code start}; the target has {@code columns} rows. */
    static void run(MemorySegment source, MemorySegment target, int start, int rows, int columns) {
        for (int top = 0; top < rows; top += TILE) {
            int bottom = Math.min(rows, top + TILE);
            for (int left = 0; left < columns; left += TILE) {
                int right = Math.min(columns, left + TILE);
                for (int column = left; column < right; column++) {
                    for (int row = top; row < bottom; row++) {
                        float value = Lanes.get(source, (long) start + (long) row * columns + column);
                        Lanes.set(target, (long) start + (long) column * rows + row, value);
                    }
                }
            }
        }
    }
}
