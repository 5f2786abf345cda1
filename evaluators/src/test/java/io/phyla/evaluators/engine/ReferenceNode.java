package io.phyla.evaluators.engine;

import io.phyla.evaluators.engine.Execution.Mode;
import io.phyla.evaluators.engine.Parameter.Role;
import io.phyla.spaces.design.Extent;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * One node of a {@link ReferenceExecution}: which loops compute it.
 *
 * @param index its number in the network
 * @param noise seed of what it drops
 * @param gate what a rectifier produced in the last run in TRAINING, of which FROZEN keeps where it was positive
 * @param xs values of its inputs
 * @param gradients with respect to its inputs, to be added to
 * @param tensors its parameters and moving statistics
 * @param tensorGradients the parameters' gradients, to be added to
 * @param parameters a program's, which has several of a role, in order
 * @param parameterGradients their gradients, to be added to
 * @param moments a program's moving averages
 */
record ReferenceNode(
        int index,
        Layer layer,
        Mode mode,
        long noise,
        double[] gate,
        int batch,
        List<Shape> shapes,
        Shape out,
        List<double[]> xs,
        List<double[]> gradients,
        Map<Role, double[]> tensors,
        Map<Role, double[]> tensorGradients,
        List<double[]> parameters,
        List<double[]> parameterGradients,
        List<double[]> moments) {

    /** @param y zeros, to become the node's values */
    void forward(double[] y) {
        double[] x = xs.getFirst();
        Shape in = shapes.getFirst();
        switch (layer) {
            case Layer.Input _ -> throw new IllegalStateException("an input is not computed");
            case Layer.Convolution it -> {
                ReferenceLayers.convolve(it, batch, in, out, x, tensor(Role.WEIGHT), y);
                addBias(it.bias(), y);
            }
            case Layer.TransposedConvolution it -> {
                ReferenceSpreading.transpose(it, batch, in, out, x, tensor(Role.WEIGHT), y);
                addBias(it.bias(), y);
            }
            case Layer.Linear it -> {
                ReferenceLayers.linear(batch, (int) in.elements(), it.features(), x, tensor(Role.WEIGHT), y);
                addBias(it.bias(), y);
            }
            case Layer.BatchNormalization it -> normalise(it, x, y);
            case Layer.GroupNormalization it -> normalise(it.groups(), it.epsilon(), x, y);
            case Layer.InstanceNormalization it -> normalise(in.channels(), it.epsilon(), x, y);
            case Layer.LayerNormalization it -> {
                switch (mode) {
                    case TRAINING, FROZEN, INFERENCE ->
                        new ReferenceLayerNormalization(in, it.epsilon(), x)
                                .forward(tensor(Role.SCALE), tensor(Role.SHIFT), y);
                    case FLOW -> add(x, y);
                }
            }
            case Layer.Activation it ->
                Arrays.setAll(
                        y,
                        frozen(it)
                                ? i -> gate[i] > 0 ? x[i] : 0
                                : i -> ReferenceActivations.value(it.function(), x[i]));
            case Layer.LeakyRelu it -> Arrays.setAll(y, i -> ReferenceActivations.leak(it.slope(), x[i]));
            case Layer.Softmax it -> ReferenceAttention.softmax(batch, in, it.groups(), x, y);
            case Layer.MatrixProduct it -> ReferenceAttention.product(it, batch, in, shapes.get(1), x, xs.get(1), y);
            case Layer.Pooling it -> ReferenceLayers.pool(it, batch, in, out, x, y);
            case Layer.GlobalPooling _ -> ReferenceLayers.pool(global(in), batch, in, out, x, y);
            case Layer.Add _ -> xs.forEach(term -> add(term, y));
            case Layer.Program it ->
                add(mode == Mode.FLOW ? x : program(it).forward(x, mode == Mode.INFERENCE), y);
            case Layer.Multiply _ -> ReferenceJoins.multiply(x, xs.getLast(), y);
            case Layer.Concat _ -> {
                int channel = 0;
                for (int part = 0; part < xs.size(); part++) {
                    ReferenceJoins.concatenate(batch, shapes.get(part), out, channel, xs.get(part), y);
                    channel += shapes.get(part).channels();
                }
            }
            case Layer.Pad _, Layer.Flatten _, Layer.PixelShuffle _ ->
                new ReferenceMoves(layer, batch, in, out).forward(x, y);
            case Layer.Upsample it ->
                ReferenceSpreading.upsample(it, batch, in, (from, to, share) -> y[to] += share * x[from]);
            case Layer.Dropout it -> {
                double[] factors = factors(it);
                Arrays.setAll(y, i -> factors[i] * x[i]);
            }
            case Layer.Zero _ -> {}
        }
    }

    /**
     * @param y the node's values
     * @param dy the gradient with respect to them
     */
    void backward(double[] y, double[] dy) {
        double[] x = xs.getFirst();
        double[] dx = gradients.getFirst();
        Shape in = shapes.getFirst();
        switch (layer) {
            case Layer.Input _ -> throw new IllegalStateException("an input is not computed");
            case Layer.Convolution it -> {
                ReferenceLayers.convolveBackward(
                        it, batch, in, out, x, tensor(Role.WEIGHT), dy, dx, gradient(Role.WEIGHT));
                addBiasBackward(it.bias(), dy);
            }
            case Layer.TransposedConvolution it -> {
                ReferenceSpreading.transposeBackward(
                        it, batch, in, out, x, tensor(Role.WEIGHT), dy, dx, gradient(Role.WEIGHT));
                addBiasBackward(it.bias(), dy);
            }
            case Layer.Linear it -> {
                int inputs = (int) in.elements();
                ReferenceLayers.linearBackward(
                        batch, inputs, it.features(), x, tensor(Role.WEIGHT), dy, dx, gradient(Role.WEIGHT));
                addBiasBackward(it.bias(), dy);
            }
            case Layer.BatchNormalization it -> normaliseBackward(it, x, dy, dx);
            case Layer.GroupNormalization it -> normaliseBackward(it.groups(), it.epsilon(), x, dy, dx);
            case Layer.InstanceNormalization it -> normaliseBackward(in.channels(), it.epsilon(), x, dy, dx);
            case Layer.LayerNormalization it -> {
                switch (mode) {
                    case TRAINING, FROZEN, INFERENCE ->
                        new ReferenceLayerNormalization(in, it.epsilon(), x)
                                .backward(tensor(Role.SCALE), dy, dx, gradient(Role.SCALE), gradient(Role.SHIFT));
                    case FLOW -> add(dy, dx);
                }
            }
            case Layer.Activation it ->
                Arrays.setAll(
                        dx,
                        frozen(it)
                                ? i -> gate[i] > 0 ? dx[i] + dy[i] : dx[i]
                                : i -> dx[i] + dy[i] * ReferenceActivations.slope(it.function(), x[i]));
            case Layer.LeakyRelu it -> Arrays.setAll(dx, i -> dx[i] + dy[i] * (x[i] > 0 ? 1 : it.slope()));
            case Layer.Softmax it -> ReferenceAttention.softmaxBackward(batch, in, it.groups(), y, dy, dx);
            case Layer.MatrixProduct it ->
                ReferenceAttention.productBackward(
                        it, batch, in, shapes.get(1), x, xs.get(1), dy, dx, gradients.get(1));
            case Layer.Pooling it -> ReferenceLayers.poolBackward(it, batch, in, out, x, dy, dx);
            case Layer.GlobalPooling _ -> ReferenceLayers.poolBackward(global(in), batch, in, out, x, dy, dx);
            case Layer.Add _ -> gradients.forEach(gradient -> add(dy, gradient));
            case Layer.Program it -> {
                if (mode == Mode.FLOW) {
                    add(dy, dx);
                } else {
                    program(it).backward(x, dy, dx);
                }
            }
            case Layer.Multiply _ -> ReferenceJoins.multiplyBackward(x, xs.getLast(), dy, dx, gradients.getLast());
            case Layer.Concat _ -> {
                int channel = 0;
                for (int part = 0; part < xs.size(); part++) {
                    ReferenceJoins.concatenateBackward(batch, shapes.get(part), out, channel, dy, gradients.get(part));
                    channel += shapes.get(part).channels();
                }
            }
            case Layer.Pad _, Layer.Flatten _, Layer.PixelShuffle _ ->
                new ReferenceMoves(layer, batch, in, out).backward(dy, dx);
            case Layer.Upsample it ->
                ReferenceSpreading.upsample(it, batch, in, (from, to, share) -> dx[from] += share * dy[to]);
            case Layer.Dropout it -> {
                double[] factors = factors(it);
                Arrays.setAll(dx, i -> dx[i] + factors[i] * dy[i]);
            }
            case Layer.Zero _ -> {}
        }
    }

    private ReferenceLayerProgram program(Layer.Program it) {
        return new ReferenceLayerProgram(it.program(), batch, out, parameters, parameterGradients, moments);
    }

    private boolean frozen(Layer.Activation it) {
        return mode == Mode.FROZEN && it.equals(Layer.Activation.RELU);
    }

    private void addBias(boolean biased, double[] y) {
        if (biased) {
            ReferenceLayers.addBias(batch, out, tensor(Role.BIAS), y);
        }
    }

    private void addBiasBackward(boolean biased, double[] dy) {
        if (biased) {
            ReferenceLayers.addBiasBackward(batch, out, dy, gradient(Role.BIAS));
        }
    }

    private void normalise(Layer.BatchNormalization it, double[] x, double[] y) {
        double[] scale = tensor(Role.SCALE);
        double[] shift = tensor(Role.SHIFT);
        switch (mode) {
            case TRAINING, FROZEN -> ReferenceNormalization.forward(batch, out, it.epsilon(), x, scale, shift, y);
            case INFERENCE ->
                ReferenceNormalization.infer(
                        batch, out, it.epsilon(), x, tensor(Role.MEAN), tensor(Role.VARIANCE), scale, shift, y);
            case FLOW -> add(x, y);
        }
    }

    private void normaliseBackward(Layer.BatchNormalization it, double[] x, double[] dy, double[] dx) {
        switch (mode) {
            case TRAINING, FROZEN ->
                ReferenceNormalization.backward(
                        batch,
                        out,
                        it.epsilon(),
                        x,
                        tensor(Role.SCALE),
                        dy,
                        dx,
                        gradient(Role.SCALE),
                        gradient(Role.SHIFT));
            case INFERENCE -> throw new IllegalStateException("there is no backward run of inference");
            case FLOW -> add(dy, dx);
        }
    }

    private void normalise(int groups, double epsilon, double[] x, double[] y) {
        switch (mode) {
            case TRAINING, FROZEN, INFERENCE ->
                new ReferenceGroupNormalization(batch, out, groups, epsilon)
                        .forward(x, tensor(Role.SCALE), tensor(Role.SHIFT), y);
            case FLOW -> add(x, y);
        }
    }

    private void normaliseBackward(int groups, double epsilon, double[] x, double[] dy, double[] dx) {
        switch (mode) {
            case TRAINING, FROZEN, INFERENCE ->
                new ReferenceGroupNormalization(batch, out, groups, epsilon)
                        .backward(x, tensor(Role.SCALE), dy, dx, gradient(Role.SCALE), gradient(Role.SHIFT));
            case FLOW -> add(dy, dx);
        }
    }

    private double[] factors(Layer.Dropout it) {
        double probability = mode == Mode.TRAINING || mode == Mode.FROZEN ? it.probability() : 0;
        return ReferenceJoins.dropout(noise, index, probability, batch, out);
    }

    private static void add(double[] source, double[] target) {
        Arrays.setAll(target, i -> target[i] + source[i]);
    }

    /** A mean over H,W as one window. */
    private static Layer.Pooling global(Shape in) {
        return new Layer.Pooling(
                Layer.Pooling.Kind.AVERAGE, new Extent(in.height(), in.width()), Extent.ONE, Extent.ZERO, false);
    }

    private double[] tensor(Role role) {
        return tensors.get(role);
    }

    private double[] gradient(Role role) {
        return tensorGradients.get(role);
    }
}
