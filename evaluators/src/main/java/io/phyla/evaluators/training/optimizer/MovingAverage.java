package io.phyla.evaluators.training.optimizer;

import static io.phyla.evaluators.training.optimizer.ByteLanes.load;
import static io.phyla.evaluators.training.optimizer.ByteLanes.store;

import io.phyla.evaluators.engine.NativeBlock;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * Exponential moving average of a vector, {@code a = d a + (1 - d) w} with {@code d = min(decay, (1 + t) / (10 + t))} in update t,
 * so that the first steps do not weigh for ever. It starts from the vector's content at the time it is made.
 */
public final class MovingAverage implements AutoCloseable {

    private final MemorySegment source;
    private final double decay;
    private final NativeBlock average;

    /** @param source as long as a multiple of a cache line */
    public MovingAverage(MemorySegment source, double decay) {
        this.source = source;
        this.decay = decay;
        average = NativeBlock.take(source.byteSize());
        average.segment().copyFrom(source);
    }

    /** @param number of this update, from 1 */
    public void update(long number) {
        MemorySegment averages = average.segment();
        double kept = Math.min(decay, (1.0 + number) / (10.0 + number));
        float old = (float) kept;
        float fresh = (float) (1 - kept);
        for (long at = 0; at < source.byteSize(); at += ByteLanes.BYTES) {
            FloatVector moved = load(averages, at).mul(old).add(load(source, at).mul(fresh));
            store(moved, averages, at);
        }
    }

    /** Average and vector change places; doing it again takes it back. */
    public void exchange() {
        MemorySegment averages = average.segment();
        for (long at = 0; at < source.byteSize(); at += ByteLanes.BYTES) {
            FloatVector moved = load(averages, at);
            store(load(source, at), averages, at);
            store(moved, source, at);
        }
    }

    /** The average itself, to be saved and restored. */
    public MemorySegment segment() {
        return average.segment();
    }

    @Override
    public void close() {
        average.close();
    }
}
