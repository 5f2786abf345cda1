package io.phyla.evaluators.proxy;

import io.phyla.evaluators.data.Batch;
import io.phyla.evaluators.engine.Initialization;
import io.phyla.evaluators.engine.ReferenceExecution;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Shape;
import java.util.Arrays;
import java.util.List;

/** Passes in double on images that are not rounded to float first, as published figures were computed. */
final class Exact {

    private Exact() {}

    static ProxyPass pass(Network network, double[] first, double[] second, int[] labels) {
        Shape input = network.input();
        ProxyInputs inputs = new ProxyInputs(
                new Batch(floats(first), labels, input.channels(), input.height()),
                new Batch(floats(second), labels, input.channels(), input.height()),
                List.of(),
                labels.length,
                1);
        return new ProxyPass(
                network, inputs, (it, batch) -> new Execution(it, batch, first, second), new Initialization(1));
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    /** Takes the doubles that the floats it is given were made from. */
    private static final class Execution extends ReferenceExecution {

        private final double[][] known;

        Execution(Network network, int batch, double[]... known) {
            super(network, batch);
            this.known = known;
        }

        @Override
        public void input(float[] images) {
            for (double[] exact : known) {
                double[] part = Arrays.copyOf(exact, images.length);
                if (Arrays.equals(floats(part), images)) {
                    input(part);
                    return;
                }
            }
            super.input(images);
        }
    }
}
