package io.phyla.evaluators.anchor;

import io.phyla.evaluators.data.Dataset;
import io.phyla.evaluators.data.stream.Augmentation;
import io.phyla.evaluators.data.stream.BatchStream;
import io.phyla.evaluators.data.stream.ImageBatch;
import io.phyla.evaluators.engine.Execution.Mode;
import io.phyla.evaluators.engine.Gaussian;
import io.phyla.evaluators.engine.Parameter;
import io.phyla.evaluators.engine.Parameter.Role;
import io.phyla.evaluators.engine.Plan;
import io.phyla.evaluators.engine.SplitMix;
import io.phyla.evaluators.training.Recipe;
import io.phyla.evaluators.training.loss.CrossEntropy;
import io.phyla.evaluators.training.loss.Targets;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * The worst case of a network's gradients (Liu et al., NeurIPS 2020, section 3.3): the weights w of its convolutions climb along
 * the slope of {@code n = ||dL/dw||}, from the first weights, on one batch. The slope is {@code H u} with {@code u = (dL/dw) / n},
 * taken as a difference of gradients, {@code (g(w + d u) - g(w - d u)) / 2d}: three gradients a step.
 */
final class Ascent implements AutoCloseable {

    /** Half the distance between the gradients that are compared. */
    private static final double REACH = 1e-3;

    /** Gradients of a step: where the weights are, and on both sides. */
    static final int GRADIENTS = 3;

    private final Stability parameters;
    private final Plan plan;
    private final Targets targets;
    private final CrossEntropy loss;
    private final List<Stretch> stretches = new ArrayList<>();
    private final float[] weights;
    private final float[] direction;
    private final float[] ahead;

    /** Floats of the parameters' vector that belong to a convolution's weights. */
    private record Stretch(int from, int to) {}

    /**
     * How it went.
     *
     * @param worst the largest norm that was seen; not finite if one was not
     * @param steps after which it ended
     * @param gradients that were computed
     */
    record Outcome(double worst, int steps, long gradients) {}

    /** @throws io.phyla.evaluators.engine.MemoryLimitException if it would take more than so many bytes */
    Ascent(Network network, Dataset data, Recipe recipe, Stability parameters, long seed, long maxBytes) {
        this.parameters = parameters;
        long streamed = BatchStream.bytes(parameters.batch(), network.input());
        plan = Plan.compile(network, parameters.batch(), maxBytes - streamed);
        try {
            targets = Targets.of(images(data, seed));
        } catch (RuntimeException | Error e) {
            plan.close();
            throw e;
        }
        recipe.initialize(plan, seed);
        perturb(SplitMix.number(seed, 1));
        loss = new CrossEntropy(data.classes(), 0);
        int floats = (int) (plan.parametersSegment().byteSize() / Float.BYTES);
        weights = new float[floats];
        direction = new float[floats];
        ahead = new float[floats];
        for (Parameter parameter : plan.parameters()) {
            if (parameter.role() == Role.WEIGHT
                    && network.nodes().get(parameter.node()).layer() instanceof Layer.Convolution) {
                int from = (int) (plan.offset(parameter) / Float.BYTES);
                stretches.add(new Stretch(from, from + parameter.size()));
            }
        }
    }

    /** Hands the plan its images, and returns their labels. */
    private int[] images(Dataset data, long seed) {
        int size = plan.network().input().height();
        try (BatchStream stream = BatchStream.training(data, parameters.batch(), size, Augmentation.NONE, seed, 0)) {
            ImageBatch batch = stream.next().orElseThrow();
            plan.imagesSegment().copyFrom(batch.images());
            return batch.labels().clone();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while waiting for images");
        }
    }

    private void perturb(long seed) {
        Gaussian noise = new Gaussian(seed);
        for (Parameter parameter : plan.parameters()) {
            if (parameter.role() == Role.VECTOR) {
                double[] values = plan.read(parameter);
                for (int i = 0; i < values.length; i++) {
                    values[i] += parameters.perturbation() * noise.next();
                }
                plan.load(parameter, values);
            }
        }
    }

    /** Climbs until it is above the limit, or all steps are done. */
    Outcome climb() {
        double worst = 0;
        long gradients = 0;
        for (int step = 0; ; step++) {
            double norm = norm();
            gradients++;
            worst = Double.isFinite(norm) ? Math.max(worst, norm) : norm;
            if (!(norm <= parameters.limit()) || norm == 0 || step == parameters.steps()) {
                return new Outcome(worst, step, gradients);
            }
            rise(norm);
            gradients += 2;
        }
    }

    /** One step up the slope. */
    private void rise(double norm) {
        MemorySegment values = plan.parametersSegment();
        MemorySegment gradients = plan.gradientsSegment();
        for (Stretch stretch : stretches) {
            for (int i = stretch.from(); i < stretch.to(); i++) {
                weights[i] = values.getAtIndex(ValueLayout.JAVA_FLOAT, i);
                direction[i] = (float) (gradients.getAtIndex(ValueLayout.JAVA_FLOAT, i) / norm);
            }
        }
        move(values, direction, REACH);
        gradient();
        for (Stretch stretch : stretches) {
            for (int i = stretch.from(); i < stretch.to(); i++) {
                ahead[i] = gradients.getAtIndex(ValueLayout.JAVA_FLOAT, i);
            }
        }
        move(values, direction, -REACH);
        gradient();
        for (Stretch stretch : stretches) {
            for (int i = stretch.from(); i < stretch.to(); i++) {
                ahead[i] -= gradients.getAtIndex(ValueLayout.JAVA_FLOAT, i);
            }
        }
        move(values, ahead, parameters.rate() / (2 * REACH));
    }

    private void move(MemorySegment values, float[] along, double distance) {
        for (Stretch stretch : stretches) {
            for (int i = stretch.from(); i < stretch.to(); i++) {
                values.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) (weights[i] + distance * along[i]));
            }
        }
    }

    private double norm() {
        gradient();
        MemorySegment gradients = plan.gradientsSegment();
        double sum = 0;
        for (Stretch stretch : stretches) {
            for (int i = stretch.from(); i < stretch.to(); i++) {
                double each = gradients.getAtIndex(ValueLayout.JAVA_FLOAT, i);
                sum += each * each;
            }
        }
        return Math.sqrt(sum);
    }

    private void gradient() {
        plan.forward(Mode.TRAINING);
        loss.compute(plan.outputSegment(), targets, MemorySegment.NULL, plan.outputGradientSegment());
        plan.backwardToParameters();
    }

    @Override
    public void close() {
        plan.close();
    }
}
