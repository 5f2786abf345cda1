package io.phyla.evaluators.export;

import io.phyla.evaluators.engine.Execution;
import io.phyla.evaluators.engine.Execution.Mode;
import io.phyla.evaluators.engine.Plan;
import io.phyla.evaluators.weights.TensorName;
import io.phyla.evaluators.weights.Weights;
import io.phyla.spaces.design.Network;
import java.util.SplittableRandom;

/** A network with numbers in which every tensor says something, images, and what our engine makes of them. */
public record Specimen(String name, Network network, Weights weights, float[] images, double[] outputs) {

    private static final long MEMORY = 3L << 30;

    /** With scales, shifts and moving statistics that are made up. */
    public static Specimen of(String name, Network network, Execution execution, long seed) {
        Weights initial = Weights.initial(network, seed);
        SplittableRandom random = new SplittableRandom(seed);
        Weights weights = Weights.of(network, tensor -> changed(initial, tensor, random));
        float[] images = images(network, execution.batch(), seed);
        return new Specimen(name, network, weights, images, outputs(execution, weights, images));
    }

    /**
     * With the moving statistics of the images, as a training would leave them: without these a deep network's output hardly
     * depends on its input.
     */
    public static Specimen trained(String name, Network network, int batch, long seed) {
        try (Plan plan = Plan.compile(network, batch, MEMORY)) {
            Specimen start = of(name, network, plan, seed);
            plan.forward(Mode.TRAINING);
            plan.track(1);
            Weights weights = Weights.of(plan);
            return new Specimen(name, network, weights, start.images, outputs(plan, weights, start.images));
        }
    }

    private static float[] changed(Weights initial, TensorName name, SplittableRandom random) {
        float[] values = initial.values(name).clone();
        for (int i = 0; i < values.length; i++) {
            switch (name.tensor().role()) {
                case SCALE -> values[i] = (float) random.nextDouble(0.2, 0.8);
                case VARIANCE -> values[i] = (float) random.nextDouble(0.5, 1.5);
                case SHIFT, MEAN -> values[i] = (float) random.nextDouble(-0.5, 0.5);
                case VECTOR -> values[i] += (float) random.nextDouble(-0.5, 0.5);
                case MOMENT -> values[i] = (float) random.nextDouble(0.5, 1.5);
                case WEIGHT, BIAS -> {}
            }
        }
        return values;
    }

    /** From -1 to 1, N,C,H,W. */
    private static float[] images(Network network, int batch, long seed) {
        SplittableRandom random = new SplittableRandom(seed + 1);
        float[] images = new float[Math.toIntExact(batch * network.input().elements())];
        for (int i = 0; i < images.length; i++) {
            images[i] = (float) random.nextDouble(-1, 1);
        }
        return images;
    }

    private static double[] outputs(Execution execution, Weights weights, float[] images) {
        weights.load(execution);
        execution.input(images);
        execution.forward(Mode.INFERENCE);
        return execution.output();
    }
}
