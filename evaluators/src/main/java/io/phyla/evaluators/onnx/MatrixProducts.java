package io.phyla.evaluators.onnx;

import io.phyla.evaluators.onnx.Value.Signal;
import io.phyla.evaluators.onnx.view.Atom;
import io.phyla.evaluators.onnx.view.View;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
            boolean turned = divides
                    && a.view().equals(columns(rows, (int) heads, dims))
                    && b.view().equals(columns(other, (int) heads, dims));
            if (turned) {
                int added = operation.layer(new Layer.MatrixProduct((int) heads, false, 1), Map.of(), second, first);
                return operation.signal(added, columns(operation.assembly().shape(added), (int) heads, dims));
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

    /**
     * A product A B^T that is to be seen as a map whose channels are A's positions is B A^T, as our layer gives it.
     *
     * @return nothing if this is no such product, or is not to be seen so
     */
    static Optional<Signal> turned(Operation operation, Signal signal, List<Long> sizes) throws Refusal {
        Assembly assembly = operation.assembly();
        int dims = signal.view().dims().size();
        int layer = operation.settling().layer(signal);
        Draft draft = assembly.draft(layer);
        if (!(draft.layer() instanceof Layer.MatrixProduct product)
                || !product.transposed()
                || !signal.view().equals(rows(draft.shape(), product.heads(), dims))) {
            return Optional.empty();
        }
        Shape positions = assembly.shape(draft.inputs().getLast());
        List<Long> wanted = List.of(
                (long) product.heads() * draft.shape().height() * draft.shape().width(),
                (long) positions.height(),
                (long) positions.width());
        boolean vector = positions.height() == 1 && positions.width() == 1;
        if (!sizes.equals(wanted) && !(vector && sizes.equals(wanted.subList(0, 1)))) {
            return Optional.empty();
        }
        int added = assembly.add(
                draft.name(), product, draft.inputs().getLast(), draft.inputs().getFirst());
        return Optional.of(operation.signal(added, View.usual(assembly.shape(added), sizes.size())));
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
