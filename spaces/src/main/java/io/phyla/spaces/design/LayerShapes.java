package io.phyla.spaces.design;

import io.phyla.spaces.design.Network.Node;
import java.util.List;

/** The shape that one layer produces, layer by layer, and what can be wrong with it. */
final class LayerShapes {

    private final Node node;
    private final List<Shape> shapes;

    /** @param shapes of all earlier nodes */
    LayerShapes(Node node, List<Shape> shapes) {
        this.node = node;
        this.shapes = shapes;
    }

    Shape input(Layer.Input layer) {
        require(node.inputs().isEmpty(), "the input has no inputs");
        return layer.shape();
    }

    Shape single() {
        if (node.inputs().size() != 1) {
            throw fault("needs exactly one input, not " + node.inputs().size());
        }
        return first();
    }

    Shape convolve(Layer.Convolution layer) {
        Shape in = single();
        requirePositive(layer.channels(), layer.kernel(), layer.stride(), layer.dilation());
        require(layer.padding().least(0), "padding must not be negative");
        requireGroups(layer.groups(), in.channels(), layer.channels());
        return new Shape(
                layer.channels(),
                window(
                        in.height(),
                        extent(layer.kernel().height(), layer.dilation().height()),
                        layer.stride().height(),
                        layer.padding().height()),
                window(
                        in.width(),
                        extent(layer.kernel().width(), layer.dilation().width()),
                        layer.stride().width(),
                        layer.padding().width()));
    }

    Shape transpose(Layer.TransposedConvolution layer) {
        Shape in = single();
        requirePositive(layer.channels(), layer.kernel(), layer.stride(), layer.dilation());
        require(layer.padding().least(0), "padding must not be negative");
        require(
                layer.outputPadding().least(0)
                        && layer.outputPadding().height() < layer.stride().height()
                        && layer.outputPadding().width() < layer.stride().width(),
                "output padding must be from 0 to less than the stride");
        requireGroups(layer.groups(), in.channels(), layer.channels());
        return new Shape(
                layer.channels(),
                spread(
                        in.height(),
                        extent(layer.kernel().height(), layer.dilation().height()),
                        layer.stride().height(),
                        layer.padding().height(),
                        layer.outputPadding().height()),
                spread(
                        in.width(),
                        extent(layer.kernel().width(), layer.dilation().width()),
                        layer.stride().width(),
                        layer.padding().width(),
                        layer.outputPadding().width()));
    }

    Shape linear(Layer.Linear layer) {
        single();
        if (layer.features() < 1) {
            throw fault("features must be positive, not " + layer.features());
        }
        return new Shape(layer.features(), 1, 1);
    }

    Shape normalize(int groups, double epsilon) {
        if (!(epsilon >= 0 && epsilon < Double.POSITIVE_INFINITY)) {
            throw fault("epsilon must be 0 or more, not " + epsilon);
        }
        return grouped(groups);
    }

    Shape grouped(int groups) {
        Shape in = single();
        if (groups < 1 || in.channels() % groups != 0) {
            throw fault(groups + " groups do not divide " + in.channels() + " channels");
        }
        return in;
    }

    /** A program takes maps of any size; groups are fitted to the channels. */
    Shape run(Layer.Program layer) {
        require(
                layer.momentum() >= 0 && layer.momentum() <= 1,
                "the momentum of its moving averages must be from 0 to 1, not " + layer.momentum());
        return single();
    }

    Shape leak(Layer.LeakyRelu layer) {
        require(Double.isFinite(layer.slope()), "the slope must be a finite number");
        return single();
    }

    Shape multiply(Layer.MatrixProduct layer) {
        Shape a = pairwise(0);
        Shape b = pairwise(1);
        require(Double.isFinite(layer.scale()), "the scale must be a finite number");
        int heads = layer.heads();
        if (heads < 1 || a.channels() % heads != 0 || b.channels() % heads != 0) {
            throw fault(heads + " heads do not divide " + a.channels() + " and " + b.channels() + " channels");
        }
        int positions = exact((long) b.height() * b.width());
        if (layer.transposed()) {
            if (a.channels() != b.channels()) {
                throw fault("a transposed product needs equal channels, not " + a.channels() + " and " + b.channels());
            }
            return new Shape(exact((long) heads * positions), a.height(), a.width());
        }
        if (a.channels() / heads != positions) {
            throw fault("the second input needs " + a.channels() / heads + " positions, one for each of the first's "
                    + "channels per head, not " + positions);
        }
        return new Shape(b.channels(), a.height(), a.width());
    }

    Shape pool(Layer.Pooling layer) {
        Shape in = single();
        if (!layer.kernel().least(1) || !layer.stride().least(1)) {
            throw fault("kernel and stride must be positive");
        }
        if (!layer.padding().least(0)
                || layer.padding().height() > layer.kernel().height() / 2
                || layer.padding().width() > layer.kernel().width() / 2) {
            throw fault("padding must be between 0 and half the kernel, not " + layer.padding());
        }
        return new Shape(
                in.channels(),
                window(
                        in.height(),
                        layer.kernel().height(),
                        layer.stride().height(),
                        layer.padding().height()),
                window(
                        in.width(),
                        layer.kernel().width(),
                        layer.stride().width(),
                        layer.padding().width()));
    }

    Shape sum() {
        if (node.inputs().size() < 2) {
            throw fault("a sum needs at least two inputs, not " + node.inputs().size());
        }
        Shape first = first();
        for (int input : node.inputs()) {
            if (!shapes.get(input).equals(first)) {
                throw fault("the summed shapes differ: " + first + " and " + shapes.get(input));
            }
        }
        return first;
    }

    Shape product() {
        Shape a = pairwise(0);
        Shape b = pairwise(1);
        if (!a.equals(b) && !b.equals(new Shape(a.channels(), 1, 1))) {
            throw fault("the second factor must be " + a + " or " + a.channels() + "x1x1, not " + b);
        }
        return a;
    }

    Shape concat() {
        if (node.inputs().size() < 2) {
            throw fault("a concatenation needs at least two inputs, not "
                    + node.inputs().size());
        }
        Shape first = first();
        long channels = 0;
        for (int input : node.inputs()) {
            Shape shape = shapes.get(input);
            if (shape.height() != first.height() || shape.width() != first.width()) {
                throw fault("the concatenated maps differ in size: " + first + " and " + shape);
            }
            channels += shape.channels();
        }
        return new Shape(exact(channels), first.height(), first.width());
    }

    Shape pad(Layer.Pad layer) {
        Shape in = single();
        long height = (long) in.height() + layer.top() + layer.bottom();
        long width = (long) in.width() + layer.left() + layer.right();
        // Both ends may not meet inside the map, or there would be nothing left of it.
        if (height < 1
                || width < 1
                || cut(layer.top(), layer.bottom()) >= in.height()
                || cut(layer.left(), layer.right()) >= in.width()) {
            throw fault("nothing is left of " + in + " after this padding");
        }
        return new Shape(in.channels(), exact(height), exact(width));
    }

    /** Rows or columns that negative padding takes away. */
    private static long cut(int before, int after) {
        return Math.max(0, -(long) before) + Math.max(0, -(long) after);
    }

    Shape flatten() {
        return new Shape(exact(single().elements()), 1, 1);
    }

    Shape shuffle(Layer.PixelShuffle layer) {
        Shape in = single();
        long square = (long) layer.factor() * layer.factor();
        if (layer.factor() < 1 || in.channels() % square != 0) {
            throw fault(in.channels() + " channels do not divide into squares of " + layer.factor() + " by "
                    + layer.factor());
        }
        return new Shape(
                (int) (in.channels() / square),
                exact((long) in.height() * layer.factor()),
                exact((long) in.width() * layer.factor()));
    }

    Shape enlarge(Layer.Upsample layer) {
        Shape in = single();
        if (layer.factor() < 1) {
            throw fault("the factor must be positive, not " + layer.factor());
        }
        return new Shape(
                in.channels(), exact((long) in.height() * layer.factor()), exact((long) in.width() * layer.factor()));
    }

    Shape drop(Layer.Dropout layer) {
        if (!(layer.probability() >= 0 && layer.probability() < 1)) {
            throw fault("the probability must be from 0 to less than 1, not " + layer.probability());
        }
        return single();
    }

    private Shape first() {
        return shapes.get(node.inputs().getFirst());
    }

    private Shape pairwise(int which) {
        if (node.inputs().size() != 2) {
            throw fault("needs exactly two inputs, not " + node.inputs().size());
        }
        return shapes.get(node.inputs().get(which));
    }

    private static long extent(int kernel, int dilation) {
        return (long) dilation * (kernel - 1) + 1;
    }

    private int window(int size, long extent, int stride, int padding) {
        long slack = size + 2L * padding - extent;
        if (slack < 0) {
            throw fault("a window of " + extent + " does not fit " + size + " with padding " + padding);
        }
        return exact(slack / stride + 1);
    }

    private int spread(int size, long extent, int stride, int padding, int outputPadding) {
        long spread = (size - 1L) * stride - 2L * padding + extent + outputPadding;
        require(spread > 0, "padding leaves nothing of the output");
        return exact(spread);
    }

    private int exact(long size) {
        if (size > Integer.MAX_VALUE) {
            throw fault("a size of " + size + " is more than an array can hold");
        }
        return (int) size;
    }

    private void requirePositive(int channels, Extent kernel, Extent stride, Extent dilation) {
        require(
                channels >= 1 && kernel.least(1) && stride.least(1) && dilation.least(1),
                "channels, kernel, stride and dilation must be positive");
    }

    private void requireGroups(int groups, int in, int out) {
        if (groups < 1 || in % groups != 0 || out % groups != 0) {
            throw fault(groups + " groups do not divide " + in + " input and " + out + " output channels");
        }
    }

    private void require(boolean condition, String otherwise) {
        if (!condition) {
            throw fault(otherwise);
        }
    }

    private IllegalArgumentException fault(String fault) {
        return ShapeInference.fault(node, fault);
    }
}
