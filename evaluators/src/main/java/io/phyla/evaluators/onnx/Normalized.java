package io.phyla.evaluators.onnx;

import io.phyla.evaluators.onnx.Value.Signal;
import io.phyla.evaluators.onnx.view.Atom;
import io.phyla.evaluators.onnx.view.View;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Shape;
import java.util.List;

/**
 * What a layer normalisation works on: the channels of each position, or the whole of a sample.
 *
 * @param over the view's dimensions that are normalised
 */
record Normalized(int from, Shape shape, View view, View over, boolean whole) {

    /** @throws Refusal if the dimensions from this one on are neither */
    static Normalized over(Operation operation, Signal signal, int first) throws Refusal {
        int layer = operation.settling().layer(signal);
        Shape shape = operation.assembly().shape(layer);
        View view = signal.view();
        if (view.dims().size() == 1 && !view.dims().getFirst().equals(View.channels(shape))) {
            layer = operation.settling().map(signal);
            shape = operation.assembly().shape(layer);
            view = View.flat(shape);
        }
        View over = new View(view.dims().subList(first, view.dims().size()));
        List<Atom> parts = over.parts();
        if (parts.equals(View.channels(shape))) {
            return new Normalized(layer, shape, view, over, false);
        } else if (over.elements() == shape.elements()) {
            return new Normalized(layer, shape, view, over, true);
        }
        throw new Refusal("there is no layer that normalises " + shape + " seen as " + view + " from dimension "
                + (first + 1) + " on");
    }

    Layer layer(double epsilon) {
        return whole ? new Layer.GroupNormalization(1, epsilon) : new Layer.LayerNormalization(epsilon);
    }

    /** Numbers for each normalised element, which have to be the same all over a channel. */
    float[] perChannel(Operation operation, int input) throws Refusal {
        float[] given = operation.numbers(input, Math.toIntExact(over.elements()));
        if (!whole) {
            return given;
        }
        float[] channels = new float[shape.channels()];
        int[] places = over.places(shape);
        int area = shape.height() * shape.width();
        for (int i = 0; i < given.length; i++) {
            if (places[i] % area == 0) {
                channels[places[i] / area] = given[i];
            }
        }
        for (int i = 0; i < given.length; i++) {
            if (given[i] != channels[places[i] / area]) {
                throw new Refusal(operation.named(input) + " differs within a channel, for which there is no layer");
            }
        }
        return channels;
    }
}
