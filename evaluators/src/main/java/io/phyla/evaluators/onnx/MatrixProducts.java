package io.phyla.evaluators.onnx;

import io.phyla.evaluators.onnx.Value.Signal;
import io.phyla.evaluators.onnx.view.Atom;
import io.phyla.evaluators.onnx.view.View;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Products of two computed tensors: attention, if rows are positions and heads are blocks of channels. */
final class MatrixProducts {

    private MatrixProducts() {}

    static Value multiply(Operation operation, Signal a, Signal b) throws Refusal {
        int first = operation.settling().layer(a);
        int second = operation.settling().layer(b);
        Shape rows = operation.assembly().shape(first);
        Shape other = operation.assembly().shape(second);
        int dims = a.view().dims().size();
        boolean known = (dims == 2 || dims == 3) && b.view().dims().size() == dims;
        if (known) {
            long heads = dims == 3 ? a.view().size(0) : 1;
            boolean divides = rows.channels() % heads == 0 && other.channels() % heads == 0;
            if (divides && a.view().equals(rows(rows, (int) heads, dims))) {
                if (b.view().equals(columns(other, (int) heads, dims))) {
                    return product(operation, new Layer.MatrixProduct((int) heads, true, 1), dims, first, second);
                } else if (b.view().equals(rows(other, (int) heads, dims))) {
                    return product(operation, new Layer.MatrixProduct((int) heads, false, 1), dims, first, second);
                }
            }
        }
        throw new Refusal("there is no layer for the product of " + rows + " seen as " + a.view() + " and " + other
                + " seen as " + b.view());
    }

    private static Value product(Operation operation, Layer.MatrixProduct layer, int dims, int first, int second)
            throws Refusal {
        int added = operation.layer(layer, Map.of(), first, second);
        return operation.signal(added, rows(operation.assembly().shape(added), layer.heads(), dims));
    }

    /** Heads (if there is a dimension for them), positions, channels of a head. */
    private static View rows(Shape shape, int heads, int dims) {
        List<List<Atom>> blocks = blocks(shape, heads);
        List<List<Atom>> view = new ArrayList<>(List.of(blocks.getFirst(), positions(shape), blocks.getLast()));
        return new View(dims == 3 ? view : view.subList(1, 3));
    }

    /** Heads, channels of a head, positions. */
    private static View columns(Shape shape, int heads, int dims) {
        List<List<Atom>> blocks = blocks(shape, heads);
        List<List<Atom>> view = new ArrayList<>(List.of(blocks.getFirst(), blocks.getLast(), positions(shape)));
        return new View(dims == 3 ? view : view.subList(1, 3));
    }

    private static List<List<Atom>> blocks(Shape shape, int heads) {
        int width = shape.channels() / heads;
        return List.of(
                List.of(new Atom(Atom.Axis.CHANNEL, width, heads)), List.of(new Atom(Atom.Axis.CHANNEL, 1, width)));
    }

    private static List<Atom> positions(Shape shape) {
        return List.of(new Atom(Atom.Axis.HEIGHT, 1, shape.height()), new Atom(Atom.Axis.WIDTH, 1, shape.width()));
    }
}
