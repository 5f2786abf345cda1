package io.phyla.evaluators.engine;

import io.phyla.evaluators.engine.Execution.Mode;
import io.phyla.evaluators.engine.Parameter.Role;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * One node of a {@link ReferenceExecution} that is neither a weighted layer of the plain kind nor a batch normalisation:
 * which loops compute it.
 *
 * @param xs values of its inputs
 * @param gradients with respect to its inputs, to be added to
 * @param tensors its parameters
 * @param tensorGradients their gradients, to be added to
 */
record ReferenceNode(
        Layer layer,
        Mode mode,
        int batch,
        List<Shape> shapes,
        Shape out,
        List<double[]> xs,
        List<double[]> gradients,
        Map<Role, double[]> tensors,
        Map<Role, double[]> tensorGradients) {

    void forward(double[] y) {
        double[] x = xs.getFirst();
        Shape in = shapes.getFirst();
        switch (layer) {
            case Layer.TransposedConvolution it -> {
                ReferenceSpreading.transpose(it, batch, in, out, x, tensor(Role.WEIGHT), y);
                if (it.bias()) {
                    ReferenceLayers.addBias(batch, out, tensor(Role.BIAS), y);
                }
            }
            case Layer.LayerNormalization it -> {
                if (mode == Mode.FLOW) {
                    System.arraycopy(x, 0, y, 0, y.length);
                } else {
                    new ReferenceLayerNormalization(in, it.epsilon(), x)
                            .forward(tensor(Role.SCALE), tensor(Role.SHIFT), y);
                }
            }
            case Layer.Activation it -> Arrays.setAll(y, i -> ReferenceActivations.value(it.function(), x[i]));
            case Layer.LeakyRelu it -> Arrays.setAll(y, i -> ReferenceActivations.leak(it.slope(), x[i]));
            case Layer.Softmax it -> ReferenceAttention.softmax(batch, in, it.groups(), x, y);
            case Layer.MatrixProduct it -> ReferenceAttention.product(it, batch, in, shapes.get(1), x, xs.get(1), y);
            case Layer.Upsample it ->
                ReferenceSpreading.upsample(it, batch, in, (from, to, share) -> y[to] += share * x[from]);
            default -> throw elsewhere();
        }
    }

    void backward(double[] y, double[] dy) {
        double[] x = xs.getFirst();
        double[] dx = gradients.getFirst();
        Shape in = shapes.getFirst();
        switch (layer) {
            case Layer.TransposedConvolution it -> {
                ReferenceSpreading.transposeBackward(
                        it, batch, in, out, x, tensor(Role.WEIGHT), dy, dx, gradient(Role.WEIGHT));
                if (it.bias()) {
                    ReferenceLayers.addBiasBackward(batch, out, dy, gradient(Role.BIAS));
                }
            }
            case Layer.LayerNormalization it -> {
                if (mode == Mode.FLOW) {
                    Arrays.setAll(dx, i -> dx[i] + dy[i]);
                } else {
                    new ReferenceLayerNormalization(in, it.epsilon(), x)
                            .backward(tensor(Role.SCALE), dy, dx, gradient(Role.SCALE), gradient(Role.SHIFT));
                }
            }
            case Layer.Activation it ->
                Arrays.setAll(dx, i -> dx[i] + dy[i] * ReferenceActivations.slope(it.function(), x[i]));
            case Layer.LeakyRelu it -> Arrays.setAll(dx, i -> dx[i] + dy[i] * (x[i] > 0 ? 1 : it.slope()));
            case Layer.Softmax it -> ReferenceAttention.softmaxBackward(batch, in, it.groups(), y, dy, dx);
            case Layer.MatrixProduct it ->
                ReferenceAttention.productBackward(
                        it, batch, in, shapes.get(1), x, xs.get(1), dy, dx, gradients.get(1));
            case Layer.Upsample it ->
                ReferenceSpreading.upsample(it, batch, in, (from, to, share) -> dx[from] += share * dy[to]);
            default -> throw elsewhere();
        }
    }

    private IllegalStateException elsewhere() {
        return new IllegalStateException("no reference of " + layer + " here");
    }

    private double[] tensor(Role role) {
        return tensors.get(role);
    }

    private double[] gradient(Role role) {
        return tensorGradients.get(role);
    }
}
