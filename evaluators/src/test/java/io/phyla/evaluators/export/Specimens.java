package io.phyla.evaluators.export;

import io.phyla.evaluators.engine.Execution;
import io.phyla.evaluators.engine.Execution.Mode;
import io.phyla.evaluators.weights.TensorName;
import io.phyla.evaluators.weights.Weights;
import io.phyla.spaces.design.Network;
import java.util.SplittableRandom;

/** Numbers for networks that are exported: every tensor says something, moving statistics too. */
public final class Specimens {

    private Specimens() {}

    /** First weights, and scales, shifts and moving statistics as a training would leave them. */
    public static Weights weights(Network network, long seed) {
        Weights initial = Weights.initial(network, seed);
        SplittableRandom random = new SplittableRandom(seed);
        return Weights.of(network, name -> weights(initial, name, random));
    }

    private static float[] weights(Weights initial, TensorName name, SplittableRandom random) {
        float[] values = initial.values(name).clone();
        for (int i = 0; i < values.length; i++) {
            switch (name.tensor().role()) {
                case SCALE, VARIANCE -> values[i] = (float) random.nextDouble(0.5, 1.5);
                case SHIFT, MEAN -> values[i] = (float) random.nextDouble(-0.5, 0.5);
                case WEIGHT, BIAS -> {}
            }
        }
        return values;
    }

    /** Images with values from -1 to 1, N,C,H,W. */
    public static float[] images(Network network, int batch, long seed) {
        SplittableRandom random = new SplittableRandom(seed + 1);
        float[] images = new float[Math.toIntExact(batch * network.input().elements())];
        for (int i = 0; i < images.length; i++) {
            images[i] = (float) random.nextDouble(-1, 1);
        }
        return images;
    }

    /** What the network gives for the images. */
    public static double[] outputs(Execution execution, Weights weights, float[] images) {
        weights.load(execution);
        execution.input(images);
        execution.forward(Mode.INFERENCE);
        return execution.output();
    }
}
