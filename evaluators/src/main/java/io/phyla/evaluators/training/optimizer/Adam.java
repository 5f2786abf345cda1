package io.phyla.evaluators.training.optimizer;

import static io.phyla.evaluators.training.optimizer.ByteLanes.load;
import static io.phyla.evaluators.training.optimizer.ByteLanes.store;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * Adam (Kingma and Ba, ICLR 2015): {@code m = beta1 m + (1 - beta1) g; v = beta2 v + (1 - beta2) g^2;
 * w -= rate / (1 - beta1^t) m / (sqrt(v / (1 - beta2^t)) + epsilon)}.
 *
 * @param decoupled AdamW (Loshchilov and Hutter, ICLR 2019): decay shrinks the weights by {@code rate decay} before the step
 *     instead of adding to the gradient
 */
public record Adam(double beta1, double beta2, double epsilon, boolean decoupled) implements Rule {

    /** PyTorch's constants. */
    public static Adam byDefault(boolean decoupled) {
        return new Adam(0.9, 0.999, 1e-8, decoupled);
    }

    @Override
    public int memories() {
        return 2;
    }

    @Override
    public void update(Vectors vectors, long from, long to, Step step, double decay) {
        MemorySegment values = vectors.values();
        MemorySegment gradients = vectors.gradients();
        MemorySegment means = vectors.first();
        MemorySegment squares = vectors.second();
        float factor = step.factor();
        float shrink = decoupled ? (float) (1 - step.rate() * decay) : 1;
        float coupled = decoupled ? 0 : (float) decay;
        float keptMean = (float) beta1;
        float newMean = (float) (1 - beta1);
        float keptSquare = (float) beta2;
        float newSquare = (float) (1 - beta2);
        float rate = (float) (step.rate() / (1 - StrictMath.pow(beta1, step.number())));
        float root = (float) Math.sqrt(1 - StrictMath.pow(beta2, step.number()));
        float least = (float) epsilon;
        for (long at = from; at < to; at += ByteLanes.BYTES) {
            FloatVector value = load(values, at);
            FloatVector slope = load(gradients, at).mul(factor).add(value.mul(coupled));
            FloatVector mean = load(means, at).mul(keptMean).add(slope.mul(newMean));
            FloatVector square =
                    load(squares, at).mul(keptSquare).add(slope.mul(slope).mul(newSquare));
            store(mean, means, at);
            store(square, squares, at);
            FloatVector size = square.sqrt().div(root).add(least);
            store(value.mul(shrink).sub(mean.div(size).mul(rate)), values, at);
        }
    }
}
