package io.phyla.evaluators.onnx;

import io.phyla.evaluators.onnx.Constant.Whole;
import io.phyla.evaluators.onnx.Value.Signal;
import io.phyla.evaluators.onnx.view.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Operators that move nothing: they only see the same elements under other dimensions. */
final class ShapeOperators {

    private ShapeOperators() {}

    static Value flatten(Operation operation) throws Refusal {
        Signal of = operation.signal(0);
        int rank = of.view().dims().size() + 1;
        long axis = operation.attributes().integer("axis", 1);
        if (axis != 1 && axis + rank != 1) {
            throw new Refusal("attribute 'axis' must be 1, which leaves the batch alone, not " + axis);
        }
        return reshaped(operation, of, List.of(of.view().elements()));
    }

    static Value reshape(Operation operation) throws Refusal {
        Signal of = operation.signal(0);
        if (!(operation.fixed(1) instanceof Whole target)) {
            throw new Refusal("the new shape must be of whole numbers");
        }
        operation.attributes().only("allowzero", 0);
        return reshaped(operation, of, Target.sizes(operation, of.view(), target));
    }

    static Value squeeze(Operation operation) throws Refusal {
        Signal of = operation.signal(0);
        long[] axes = axes(operation);
        Set<Integer> gone = new HashSet<>();
        if (axes == null) {
            throw new Refusal("it needs axes: without them a batch of one image would go, too");
        }
        for (long axis : axes) {
            int dim = operation.dim(axis, of);
            if (of.view().size(dim) != 1) {
                throw new Refusal("dimension " + (dim + 1) + " has " + of.view().size(dim) + " elements, not 1");
            }
            gone.add(dim);
        }
        List<Long> sizes = new ArrayList<>();
        for (int i = 0; i < of.view().dims().size(); i++) {
            if (!gone.contains(i)) {
                sizes.add(of.view().size(i));
            }
        }
        return reshaped(operation, of, sizes);
    }

    static Value unsqueeze(Operation operation) throws Refusal {
        Signal of = operation.signal(0);
        long[] axes = axes(operation);
        if (axes == null || axes.length > 8) {
            throw new Refusal("it needs one to eight axes");
        }
        int rank = of.view().dims().size() + 1 + axes.length;
        Set<Integer> added = new TreeSet<>();
        for (long axis : axes) {
            added.add(operation.axis(axis, rank));
        }
        if (added.contains(0) || added.size() != axes.length) {
            throw new Refusal("its axes " + Arrays.toString(axes) + " repeat or are before the batch");
        }
        List<Long> sizes = new ArrayList<>(of.view().sizes());
        added.forEach(axis -> sizes.add(axis - 1, 1L));
        return reshaped(operation, of, sizes);
    }

    static long @Nullable [] axes(Operation operation) throws Refusal {
        long[] given = operation.attributes().integers("axes");
        return given == null && operation.given(1) ? operation.whole(1) : given;
    }

    /** Where parts of axes do not divide so, the flattened map may. */
    private static Value reshaped(Operation operation, Signal of, List<Long> sizes) throws Refusal {
        View view = of.view().reshape(sizes).orElse(null);
        if (view != null) {
            return operation.seen(of, view);
        }
        View flat = of.view().reshape(List.of(of.view().elements())).orElseThrow();
        int layer = operation.settling().map(operation.seen(of, flat));
        View split = View.flat(operation.assembly().shape(layer)).reshape(sizes).orElseThrow();
        return operation.signal(layer, split);
    }

    static Value transpose(Operation operation) throws Refusal {
        Signal of = operation.signal(0);
        int rank = of.view().dims().size() + 1;
        long[] order = operation.attributes().integers("perm");
        List<Integer> dims = new ArrayList<>();
        for (int i = 0; i < rank; i++) {
            dims.add(order == null ? rank - 1 - i : i < order.length ? operation.axis(order[i], rank) : 0);
        }
        boolean permutation = new HashSet<>(dims).size() == rank && (order == null || order.length == rank);
        if (!permutation || dims.getFirst() != 0) {
            throw new Refusal("attribute 'perm' must be an order of " + rank + " dimensions that leaves the batch first, "
                    + "not " + Labels.shown(dims.toString()));
        }
        return operation.seen(
                of, of.view().transpose(dims.stream().skip(1).map(dim -> dim - 1).toList()));
    }

    static Value shape(Operation operation) throws Refusal {
        Signal of = operation.signal(0);
        int rank = of.view().dims().size() + 1;
        long[] sizes = new long[rank];
        for (int i = 1; i < rank; i++) {
            sizes[i] = of.view().size(i - 1);
        }
        int start = bound(operation.attributes().integer("start", 0), rank);
        int end = Math.max(start, bound(operation.attributes().integer("end", rank), rank));
        BitSet batch = new BitSet();
        batch.set(0, start == 0 && end > 0);
        return new Whole(List.of(end - start), Arrays.copyOfRange(sizes, start, end), batch);
    }

    private static int bound(long position, int rank) {
        return (int) Math.clamp(position < 0 ? position + rank : position, 0, rank);
    }
}
