package io.phyla.evaluators.training.optimizer;

import static io.phyla.evaluators.training.optimizer.ByteLanes.load;
import static io.phyla.evaluators.training.optimizer.ByteLanes.store;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * Stochastic gradient descent: {@code d = g + decay w; m = momentum m + d; w -= rate m}, with Nesterov's look ahead
 * {@code w -= rate (d + momentum m)}.
 */
public record Sgd(double momentum, boolean nesterov) implements Rule {

    /** @throws IllegalArgumentException if there is nothing to look ahead by */
    public Sgd {
        if (nesterov && momentum == 0) {
            throw new IllegalArgumentException("nesterov needs a momentum above 0");
        }
    }

    @Override
    public int memories() {
        return momentum == 0 ? 0 : 1;
    }

    @Override
    public void update(Vectors vectors, long from, long to, Step step, double decay) {
        if (momentum == 0) {
            plain(vectors.values(), vectors.gradients(), from, to, step, (float) decay);
        } else {
            withMomentum(vectors, from, to, step, (float) decay);
        }
    }

    private static void plain(
            MemorySegment values, MemorySegment gradients, long from, long to, Step step, float decay) {
        float rate = (float) step.rate();
        float factor = step.factor();
        for (long at = from; at < to; at += ByteLanes.BYTES) {
            FloatVector value = load(values, at);
            FloatVector slope = load(gradients, at).mul(factor).add(value.mul(decay));
            store(value.sub(slope.mul(rate)), values, at);
        }
    }

    private void withMomentum(Vectors vectors, long from, long to, Step step, float decay) {
        MemorySegment values = vectors.values();
        MemorySegment gradients = vectors.gradients();
        MemorySegment velocities = vectors.first();
        float rate = (float) step.rate();
        float factor = step.factor();
        float kept = (float) momentum;
        for (long at = from; at < to; at += ByteLanes.BYTES) {
            FloatVector value = load(values, at);
            FloatVector slope = load(gradients, at).mul(factor).add(value.mul(decay));
            FloatVector velocity = load(velocities, at).mul(kept).add(slope);
            store(velocity, velocities, at);
            FloatVector move = nesterov ? slope.add(velocity.mul(kept)) : velocity;
            store(value.sub(move.mul(rate)), values, at);
        }
    }
}
