package io.phyla.evaluators.engine;

import java.lang.foreign.MemorySegment;
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
        int bound = Lanes.bound(width);
        float rest = 0;
        for (int i = bound; i < width; i++) {
            rest = Math.fma(Lanes.get(y, start + i), Lanes.get(dy, start + i), rest);
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
            Lanes.set(dx, start + i, (Lanes.get(dy, start + i) - mean) * Lanes.get(y, start + i));
        }
    }
}
