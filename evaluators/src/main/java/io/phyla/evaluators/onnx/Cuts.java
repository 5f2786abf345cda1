package io.phyla.evaluators.onnx;

import io.phyla.evaluators.onnx.view.View;
import io.phyla.spaces.design.Layer;
import org.jspecify.annotations.Nullable;

/** Rows and columns that a slice leaves out at either end. */
record Cuts(Layer.Pad layer) {

    static Cuts of(
            Operation operation,
            View view,
            long @Nullable [] starts,
            long @Nullable [] ends,
            long @Nullable [] axes,
            long @Nullable [] steps)
            throws Refusal {
        int dims = view.dims().size();
        if (starts == null
                || ends == null
                || starts.length != ends.length
                || starts.length > dims + 1
                || axes != null && axes.length != starts.length
                || steps != null && steps.length != starts.length) {
            throw new Refusal("its starts, ends, axes and steps do not fit one another");
        }
        int[] before = new int[dims];
        int[] after = new int[dims];
        for (int i = 0; i < starts.length; i++) {
            if (steps != null && steps[i] != 1) {
                throw new Refusal("there is no layer that slices with a step of " + steps[i]);
            }
            int dim = operation.dim(axes == null ? i : axes[i], view);
            int size = operation.exact("a dimension", view.size(dim), 1);
            int[] range = Moves.range(starts[i], ends[i], 1, size);
            if (range.length == 0) {
                throw new Refusal("nothing is left of its dimension " + (dim + 1));
            }
            if (dim == 0 && range.length < size) {
                throw new Refusal("there is no layer that cuts channels");
            }
            before[dim] = range[0];
            after[dim] = size - range[0] - range.length;
        }
        return new Cuts(new Layer.Pad(
                dims == 3 ? -before[1] : 0,
                dims == 3 ? -after[1] : 0,
                dims >= 2 ? -before[dims - 1] : 0,
                dims >= 2 ? -after[dims - 1] : 0));
    }
}
