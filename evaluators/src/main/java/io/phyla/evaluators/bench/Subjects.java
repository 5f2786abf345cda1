package io.phyla.evaluators.bench;

import io.phyla.spaces.design.Extent;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Layer.Activation.Function;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Shape;
import java.util.ArrayList;
import java.util.List;

/** Every kind of layer at sizes that occur in small networks, batch 64. */
final class Subjects {

    private static final int BATCH = 64;

    private final List<Subject> subjects = new ArrayList<>();

    private Subjects() {}

    static List<Subject> layers() {
        Subjects subjects = new Subjects();
        subjects.convolutions();
        subjects.products();
        subjects.normalizations();
        subjects.elementwise();
        subjects.rearrangements();
        return List.copyOf(subjects.subjects);
    }

    private void convolutions() {
        add("conv3x3", 16, 32, Layer.Convolution.of(16, 3, 1, 1));
        add("conv3x3", 32, 16, Layer.Convolution.of(32, 3, 1, 1));
        add("conv3x3", 64, 8, Layer.Convolution.of(64, 3, 1, 1));
        add("conv3x3-stride2", 16, 32, Layer.Convolution.of(32, 3, 2, 1));
        add("conv1x1", 64, 16, Layer.Convolution.of(64, 1, 1, 0));
        add("conv1x1-expand6", 16, 32, Layer.Convolution.of(96, 1, 1, 0));
        add("conv1x1-project6", 96, 32, Layer.Convolution.of(16, 1, 1, 0));
        add("conv3x3-dilated", 32, 16, new Layer.Convolution(32, 3, 1, 2, 2, 1, false));
        add("conv3x3-groups4", 64, 16, new Layer.Convolution(64, 3, 1, 1, 1, 4, false));
        add("depthwise3x3", 64, 16, Layer.Convolution.depthwise(64, 3, 1));
        add("depthwise3x3", 96, 32, Layer.Convolution.depthwise(96, 3, 1));
        add("depthwise5x5", 64, 16, Layer.Convolution.depthwise(64, 5, 1));
        add(
                "transposed2x2-stride2",
                64,
                8,
                new Layer.TransposedConvolution(
                        32, Extent.of(2), Extent.of(2), Extent.ZERO, Extent.ZERO, Extent.ONE, 1, false));
    }

    private void products() {
        add("linear", 1024, 1, new Layer.Linear(256, true));
        Network.Builder attention = new Network.Builder(new Shape(64, 8, 8));
        int product = attention.add("product", new Layer.MatrixProduct(4, true, 0.25), 0, 0);
        int weights = attention.add("softmax", new Layer.Softmax(4), product);
        attention.add("attention", new Layer.MatrixProduct(4, false, 1), weights, 0);
        subjects.add(new Subject("attention-64-8", attention.build(), BATCH, false));
        add("softmax", 64, 8, new Layer.Softmax(4));
    }

    private void normalizations() {
        add("batch-norm", 16, 32, Layer.BatchNormalization.DEFAULT);
        add("batch-norm", 64, 8, Layer.BatchNormalization.DEFAULT);
        Network.Builder rectified = new Network.Builder(new Shape(16, 32, 32));
        int norm = rectified.add("norm", Layer.BatchNormalization.DEFAULT, 0);
        rectified.add("relu", Layer.Activation.RELU, norm);
        subjects.add(new Subject("batch-norm-relu-16-32", rectified.build(), BATCH, false));
        add("group-norm", 32, 16, new Layer.GroupNormalization(8, 1e-5));
        add("layer-norm", 64, 8, new Layer.LayerNormalization(1e-5));
        add("instance-norm", 32, 16, new Layer.InstanceNormalization(1e-5));
    }

    private void elementwise() {
        for (Function function : Function.values()) {
            add(name(function), 32, 16, new Layer.Activation(function));
        }
        add("leaky-relu", 32, 16, new Layer.LeakyRelu(0.01));
        add("dropout", 32, 16, new Layer.Dropout(0.2));
        Network.Builder sum = new Network.Builder(new Shape(32, 16, 16));
        int added = sum.add("sum", new Layer.Add(), 0, sum.add("scaled", new Layer.LeakyRelu(0.5), 0));
        sum.add("relu", Layer.Activation.RELU, added);
        subjects.add(new Subject("leaky-add-relu-32-16", sum.build(), BATCH, false));
        Network.Builder gate = new Network.Builder(new Shape(64, 16, 16));
        gate.add("product", new Layer.Multiply(), 0, gate.add("mean", new Layer.GlobalPooling(), 0));
        subjects.add(new Subject("mean-multiply-64-16", gate.build(), BATCH, false));
    }

    private static String name(Function function) {
        return function.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    private void rearrangements() {
        add("average-pool3x3", 32, 16, Layer.Pooling.average(3, 1, 1));
        add("maximum-pool2x2", 32, 16, Layer.Pooling.maximum(2, 2, 0));
        add("global-pool", 64, 8, new Layer.GlobalPooling());
        add("pad", 32, 16, new Layer.Pad(1, 1, 1, 1));
        add("flatten", 32, 8, new Layer.Flatten());
        add("pixel-shuffle", 64, 8, new Layer.PixelShuffle(2));
        add("upsample-nearest", 32, 8, new Layer.Upsample(2, Layer.Upsample.Kind.NEAREST));
        add("upsample-linear", 32, 8, new Layer.Upsample(2, Layer.Upsample.Kind.LINEAR));
        Network.Builder concat = new Network.Builder(new Shape(32, 16, 16));
        concat.add("concat", new Layer.Concat(), 0, concat.add("relu", Layer.Activation.RELU, 0));
        subjects.add(new Subject("relu-concat-32-16", concat.build(), BATCH, false));
    }

    private void add(String name, int channels, int size, Layer layer) {
        Network.Builder network = new Network.Builder(new Shape(channels, size, size));
        network.add("layer", layer, 0);
        subjects.add(new Subject(name + "-" + channels + "-" + size, network.build(), BATCH, false));
    }
}
