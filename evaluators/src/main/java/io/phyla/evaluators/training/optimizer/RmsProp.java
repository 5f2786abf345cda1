package io.phyla.evaluators.training.optimizer;

import static io.phyla.evaluators.training.optimizer.ByteLanes.load;
import static io.phyla.evaluators.training.optimizer.ByteLanes.store;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * RMSProp (Hinton, lecture 6e, 2012): {@code d = g + decay w; v = alpha v + (1 - alpha) d^2;
 * b = momentum b + d / (sqrt(v) + epsilon); w -= rate b}.
 */
public record RmsProp(double alpha, double epsilon, double momentum) implements Rule {

    /** PyTorch's constants. */
    public static RmsProp byDefault(double momentum) {
        return new RmsProp(0.99, 1e-8, momentum);
    }

    @Override
    public int memories() {
        return momentum == 0 ? 1 : 2;
    }

    @Override
    public void update(Vectors vectors, long from, long to, Step step, double decay) {
        MemorySegment values = vectors.values();
        MemorySegment gradients = vectors.gradients();
        MemorySegment squares = vectors.first();
        MemorySegment velocities = vectors.second();
        boolean moving = momentum != 0;
        float factor = step.factor();
        float coupled = (float) decay;
        float rate = (float) step.rate();
        float kept = (float) alpha;
        float fresh = (float) (1 - alpha);
        float least = (float) epsilon;
        float keptVelocity = (float) momentum;
        for (long at = from; at < to; at += ByteLanes.BYTES) {
            FloatVector value = load(values, at);
            FloatVector slope = load(gradients, at).mul(factor).add(value.mul(coupled));
            FloatVector square =
                    load(squares, at).mul(kept).add(slope.mul(slope).mul(fresh));
            store(square, squares, at);
            FloatVector move = slope.div(square.sqrt().add(least));
            if (moving) {
                move = move.add(load(velocities, at).mul(keptVelocity));
                store(move, velocities, at);
            }
            store(value.sub(move.mul(rate)), values, at);
        }
    }
}
