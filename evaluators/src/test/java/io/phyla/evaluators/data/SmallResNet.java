package io.phyla.evaluators.data;

import io.phyla.evaluators.engine.Execution.Mode;
import io.phyla.evaluators.engine.Initialization;
import io.phyla.evaluators.engine.Parameter;
import io.phyla.evaluators.engine.Plan;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Shape;
import java.util.List;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * ResNet-8 (He et al., CVPR 2016): a convolution and three residual blocks of 16, 32 and 64 channels, trained by stochastic
 * gradient descent with momentum on the cross-entropy. The yardstick of what a small network learns of a data set.
 */
final class SmallResNet implements AutoCloseable {

    private static final int BATCH = 80;
    private static final double MOMENTUM = 0.9;
    private static final double DECAY = 5e-4;
    private static final long SEED = 1;

    private final int classes;
    private final Plan plan;
    private final INDArray weights;
    private final INDArray gradients;
    private final INDArray velocity;

    SmallResNet(Shape images, int classes) {
        this.classes = classes;
        plan = Plan.compile(network(images, classes), BATCH, 1L << 30);
        List<double[]> first = new Initialization(SEED).draw(plan.parameters());
        for (Parameter parameter : plan.parameters()) {
            plan.load(parameter, first.get(parameter.index()));
        }
        weights = plan.parametersVector();
        gradients = plan.gradientsVector();
        velocity = Nd4j.zerosLike(weights);
    }

    static Network network(Shape images, int classes) {
        Network.Builder builder = new Network.Builder(images);
        int last = convolution(builder, "stem", 0, 16, 3, 1);
        last = builder.add("stem.relu", Layer.Activation.RELU, last);
        last = block(builder, "block1", last, 16, 1);
        last = block(builder, "block2", last, 32, 2);
        last = block(builder, "block3", last, 64, 2);
        last = builder.add("pool", new Layer.GlobalPooling(), last);
        builder.add("classifier", new Layer.Linear(classes, true), last);
        return builder.build();
    }

    private static int convolution(
            Network.Builder builder, String name, int input, int channels, int kernel, int stride) {
        int convolved = builder.add(name, Layer.Convolution.of(channels, kernel, stride, kernel / 2), input);
        return builder.add(name + ".norm", Layer.BatchNormalization.DEFAULT, convolved);
    }

    private static int block(Network.Builder builder, String name, int input, int channels, int stride) {
        int first = convolution(builder, name + ".first", input, channels, 3, stride);
        int rectified = builder.add(name + ".first.relu", Layer.Activation.RELU, first);
        int second = convolution(builder, name + ".second", rectified, channels, 3, 1);
        int shortcut = stride == 1 ? input : convolution(builder, name + ".shortcut", input, channels, 1, stride);
        int sum = builder.add(name + ".sum", new Layer.Add(), second, shortcut);
        return builder.add(name + ".relu", Layer.Activation.RELU, sum);
    }

    /** Epochs in random order; the learning rate falls linearly to nothing. */
    void train(Batch data, int epochs, double rate) {
        SplittableRandom random = new SplittableRandom(SEED);
        int steps = data.count() / BATCH;
        double[] slope = new double[BATCH * classes];
        for (int epoch = 0; epoch < epochs; epoch++) {
            int[] order = shuffled(data.count(), random);
            for (int step = 0; step < steps; step++) {
                forward(data, order, step * BATCH);
                double[] scores = plan.output();
                for (int i = 0; i < BATCH; i++) {
                    slopeOfCrossEntropy(scores, i, data.labels()[order[step * BATCH + i]], slope);
                }
                plan.backwardToParameters(slope);
                double passed = (epoch + (double) step / steps) / epochs;
                velocity.muli(MOMENTUM).addi(gradients).addi(weights.mul(DECAY));
                weights.subi(velocity.mul(rate * (1 - passed)));
            }
        }
    }

    /** The part of images named right, each normalised among {@value #BATCH} others, as in training. */
    double accuracy(Batch data) {
        int[] order = new int[data.count()];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        int right = 0;
        int tried = 0;
        for (int from = 0; from + BATCH <= order.length; from += BATCH) {
            forward(data, order, from);
            double[] scores = plan.output();
            for (int i = 0; i < BATCH; i++, tried++) {
                int best = 0;
                for (int c = 1; c < classes; c++) {
                    best = scores[i * classes + c] > scores[i * classes + best] ? c : best;
                }
                right += best == data.labels()[from + i] ? 1 : 0;
            }
        }
        return (double) right / tried;
    }

    private void forward(Batch data, int[] order, int from) {
        int length = data.images().length / data.count();
        float[] images = new float[BATCH * length];
        for (int i = 0; i < BATCH; i++) {
            System.arraycopy(data.images(), order[from + i] * length, images, i * length, length);
        }
        plan.input(images);
        plan.forward(Mode.TRAINING);
    }

    /** Of the batch's mean; softmax minus one at the label. */
    private void slopeOfCrossEntropy(double[] scores, int sample, int label, double[] slope) {
        int from = sample * classes;
        double max = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < classes; c++) {
            max = Math.max(max, scores[from + c]);
        }
        double sum = 0;
        for (int c = 0; c < classes; c++) {
            slope[from + c] = Math.exp(scores[from + c] - max);
            sum += slope[from + c];
        }
        for (int c = 0; c < classes; c++) {
            slope[from + c] = (slope[from + c] / sum - (c == label ? 1 : 0)) / BATCH;
        }
    }

    private static int[] shuffled(int count, SplittableRandom random) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    @Override
    public void close() {
        plan.close();
        velocity.close();
    }
}
