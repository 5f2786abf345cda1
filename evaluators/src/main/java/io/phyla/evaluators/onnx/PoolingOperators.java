package io.phyla.evaluators.onnx;

import io.phyla.evaluators.onnx.Value.Signal;
import io.phyla.spaces.design.Extent;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Layer.Activation.Function;
import io.phyla.spaces.design.Layer.Pooling.Kind;
import io.phyla.spaces.design.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Pooling over windows and over whole maps. */
final class PoolingOperators {

    /** Functions whose results are never below 0, so that zeros around them are no new maximum. */
    private static final Set<Function> NONNEGATIVE =
            Set.of(Function.RELU, Function.RELU6, Function.SIGMOID, Function.HARD_SIGMOID);

    private PoolingOperators() {}

    static Value maximum(Operation operation) throws Refusal {
        operation.attributes().only("storage_order", 0);
        return pool(operation, Kind.MAXIMUM, true);
    }

    static Value average(Operation operation) throws Refusal {
        return pool(operation, Kind.AVERAGE, operation.attributes().integer("count_include_pad", 0) != 0);
    }

    static Value globalAverage(Operation operation) throws Refusal {
        Signal signal = operation.signal(0);
        int from = operation.settling().map(signal);
        return operation.add(new Layer.GlobalPooling(), Map.of(), signal.view().dims().size(), from);
    }

    static Value globalMaximum(Operation operation) throws Refusal {
        Signal signal = operation.signal(0);
        int from = operation.settling().map(signal);
        Shape in = operation.assembly().shape(from);
        Layer layer = new Layer.Pooling(
                Kind.MAXIMUM, new Extent(in.height(), in.width()), Extent.ONE, Extent.ZERO, false);
        return operation.add(layer, Map.of(), signal.view().dims().size(), from);
    }

    private static Value pool(Operation operation, Kind kind, boolean counts) throws Refusal {
        Signal signal = operation.signal(0);
        int from = operation.settling().map(signal);
        Windows windows = windows(operation, from, signal.view().dims().size() - 1);
        if (!windows.dilation().equals(Extent.ONE)) {
            throw new Refusal("attribute 'dilations' must be 1; there is no pooling layer with holes");
        }
        if (operation.attributes().integer("ceil_mode", 0) != 0) {
            requireWhole(windows, operation.assembly().shape(from));
        }
        if (!windows.symmetric()) {
            if (kind == Kind.AVERAGE && !counts) {
                throw new Refusal("there is no layer for an average that leaves out padding that is "
                        + "not the same on both sides; count_include_pad = 1 can be read");
            }
            if (kind == Kind.MAXIMUM && !nonnegative(operation.assembly().draft(from).layer())) {
                throw new Refusal("there is no layer for a maximum with padding that is not the same on both sides, "
                        + "unless what it pools is never below 0");
            }
            from = operation.insert("pad", windows.pads(), from);
            windows = windows.unpadded();
        }
        boolean padded = !windows.padding().equals(Extent.ZERO);
        Layer layer = new Layer.Pooling(
                kind,
                windows.kernel(),
                windows.stride(),
                windows.padding(),
                kind == Kind.AVERAGE && padded && counts);
        return operation.add(layer, Map.of(), signal.view().dims().size(), from);
    }

    private static Windows windows(Operation operation, int from, int spatial) throws Refusal {
        long[] kernel = operation.attributes().integers("kernel_shape");
        if (kernel == null || kernel.length != spatial) {
            throw new Refusal("attribute 'kernel_shape' must have " + spatial + " numbers for this input");
        }
        List<Integer> sizes = new ArrayList<>();
        for (long size : kernel) {
            sizes.add(operation.exact("attribute 'kernel_shape'", size, 1));
        }
        return Windows.of(operation, sizes, operation.assembly().shape(from));
    }

    /** Rounding up must leave no window that reaches over the end. */
    private static void requireWhole(Windows windows, Shape in) throws Refusal {
        long high = (long) in.height() + windows.pads().top() + windows.pads().bottom() - windows.kernel().height();
        long wide = (long) in.width() + windows.pads().left() + windows.pads().right() - windows.kernel().width();
        if (high % windows.stride().height() != 0 || wide % windows.stride().width() != 0) {
            throw new Refusal("attribute 'ceil_mode' must be 0 where windows reach over the end of " + in);
        }
    }

    private static boolean nonnegative(Layer layer) {
        return layer instanceof Layer.Activation activation && NONNEGATIVE.contains(activation.function());
    }
}
