package io.phyla.evaluators.engine;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.FloatVector;

/** {@code dx = y * (dy - sum(y * dy))} for each row of a dense matrix; oneDNN has no fast one on AVX2. */
record SoftmaxGradient(long rows, int width) implements UnaryGradient.Loops {

    @Override
    public void run(MemorySegment y, MemorySegment dy, MemorySegment dx) {
        for (long row = 0; row < rows; row++) {
            row(y, dy, dx, row * width);
        }
    }

    private void row(MemorySegment y, MemorySegment dy, MemorySegment dx, long start) {
        int bound = width - width % Lanes.COUNT;
        float rest = 0;
        for (int i = bound; i < width; i++) {
            rest = Math.fma(get(y, start + i), get(dy, start + i), rest);
        }
        float mean = rest;
        if (bound > 0) {
            FloatVector sums = Lanes.zero();
            for (int i = 0; i < bound; i += Lanes.COUNT) {
                sums = Lanes.load(y, start + i).fma(Lanes.load(dy, start + i), sums);
            }
            mean += Lanes.sum(sums);
        }
        for (int i = 0; i < bound; i += Lanes.COUNT) {
            Lanes.store(Lanes.load(dy, start + i).sub(mean).mul(Lanes.load(y, start + i)), dx, start + i);
        }
        for (int i = bound; i < width; i++) {
            dx.setAtIndex(ValueLayout.JAVA_FLOAT, start + i, (get(dy, start + i) - mean) * get(y, start + i));
        }
    }

    private static float get(MemorySegment segment, long index) {
        return segment.getAtIndex(ValueLayout.JAVA_FLOAT, index);
    }
}
