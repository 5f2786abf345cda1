package io.phyla.evaluators.onnx;

import io.phyla.spaces.design.Extent;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Shape;
import java.util.List;

/**
 * Kernel, stride, dilation and padding of a convolution or pooling, one or two of each in ONNX, the first of two being the
 * height; SAME padding is counted out for the map it is used on.
 */
record Windows(Extent kernel, Extent stride, Extent dilation, Layer.Pad pads) {

    /** @param kernel the sizes that the weights have or the attribute says */
    static Windows of(Operation operation, List<Integer> kernel, Shape in) throws Refusal {
        Attributes attributes = operation.attributes();
        int count = kernel.size();
        Extent stride = extent(operation, "strides", attributes.integers("strides", count, 1), 1);
        Extent dilation = extent(operation, "dilations", attributes.integers("dilations", count, 1), 1);
        Extent size = new Extent(count == 2 ? kernel.getFirst() : 1, kernel.getLast());
        String automatic = attributes.text("auto_pad", "NOTSET");
        long[] pads = attributes.integers("pads", 2 * count, 0);
        Layer.Pad given = switch (automatic) {
            case "NOTSET" -> count == 2
                    ? pad(operation, pads[0], pads[2], pads[1], pads[3])
                    : pad(operation, 0, 0, pads[0], pads[1]);
            case "VALID" -> new Layer.Pad(0, 0, 0, 0);
            case "SAME_UPPER", "SAME_LOWER" -> {
                long high = same(in.height(), size.height(), stride.height(), dilation.height());
                long wide = same(in.width(), size.width(), stride.width(), dilation.width());
                long late = automatic.equals("SAME_UPPER") ? 1 : 0;
                yield pad(
                        operation,
                        (high + 1 - late) / 2,
                        (high + late) / 2,
                        (wide + 1 - late) / 2,
                        (wide + late) / 2);
            }
            default -> throw new Refusal("attribute 'auto_pad' must be NOTSET, VALID, SAME_UPPER or SAME_LOWER, not "
                    + automatic);
        };
        return new Windows(size, stride, dilation, given);
    }

    private static long same(int in, int kernel, int stride, int dilation) {
        long outputs = Math.ceilDiv(in, stride);
        return Math.max(0, (outputs - 1) * stride + (long) dilation * (kernel - 1) + 1 - in);
    }

    private static Layer.Pad pad(Operation operation, long top, long bottom, long left, long right) throws Refusal {
        return new Layer.Pad(
                operation.exact("padding", top, 0),
                operation.exact("padding", bottom, 0),
                operation.exact("padding", left, 0),
                operation.exact("padding", right, 0));
    }

    private static Extent extent(Operation operation, String what, long[] values, int least) throws Refusal {
        int last = operation.exact("attribute '" + what + "'", values[values.length - 1], least);
        int first = values.length == 2 ? operation.exact("attribute '" + what + "'", values[0], least) : 1;
        return new Extent(first, last);
    }

    boolean symmetric() {
        return pads.top() == pads.bottom() && pads.left() == pads.right();
    }

    /** On either side of each direction, where both are the same. */
    Extent padding() {
        return new Extent(pads.top(), pads.left());
    }

    /** The same without padding, for a map that has been padded already. */
    Windows unpadded() {
        return new Windows(kernel, stride, dilation, new Layer.Pad(0, 0, 0, 0));
    }
}
