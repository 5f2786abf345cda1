package io.phyla.evaluators.onnx;

import io.phyla.evaluators.onnx.view.View;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Shape;
import java.util.List;
import java.util.Set;
import onnx.Onnx.TensorProto.DataType;
import onnx.Onnx.TensorShapeProto.Dimension;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;

/**
 * What a graph takes: N,C,H,W, or N,C,W or N,C, of floating point.
 *
 * @param batch N if it is fixed, else 0
 */
record GraphInput(Layer.Input layer, View view, long batch) {

    static GraphInput of(ValueInfoProto info, Set<String> notes) throws Refusal {
        String name = "its input '" + Labels.shown(info.getName()) + "'";
        TypeProto type = info.getType();
        if (!type.hasTensorType() || !type.getTensorType().hasShape()) {
            throw new Refusal(name + " must be a tensor with a shape");
        }
        DataType element = DataType.forNumber(type.getTensorType().getElemType());
        if (element == DataType.DOUBLE || element == DataType.FLOAT16) {
            notes.add("its numbers are of the type " + element + " there and of single precision here");
        } else if (element != DataType.FLOAT) {
            throw new Refusal(name + " must be of floating point, not "
                    + (element == null ? type.getTensorType().getElemType() : element));
        }
        List<Dimension> dims = type.getTensorType().getShape().getDimList();
        if (dims.size() < 2 || dims.size() > 4) {
            throw new Refusal(name + " must be N,C,H,W, N,C,W or N,C, and has " + dims.size() + " dimensions");
        }
        int[] sizes = new int[dims.size()];
        for (int i = 1; i < sizes.length; i++) {
            long size = dims.get(i).getDimValue();
            if (size < 1 || size > Integer.MAX_VALUE) {
                String given = dims.get(i).hasDimValue()
                        ? String.valueOf(size)
                        : "'" + Labels.shown(dims.get(i).getDimParam()) + "'";
                throw new Refusal(name + " must have a fixed, positive dimension " + i + ", not " + given);
            }
            sizes[i] = (int) size;
        }
        Shape shape = shape(name, sizes);
        View view = switch (sizes.length) {
            case 2 -> View.flat(shape);
            case 3 -> View.sequence(shape);
            default -> View.map(shape);
        };
        return new GraphInput(new Layer.Input(shape), view, Math.max(0, dims.getFirst().getDimValue()));
    }

    private static Shape shape(String name, int[] sizes) throws Refusal {
        try {
            return switch (sizes.length) {
                case 2 -> new Shape(sizes[1], 1, 1);
                case 3 -> new Shape(sizes[1], 1, sizes[2]);
                default -> new Shape(sizes[1], sizes[2], sizes[3]);
            };
        } catch (IllegalArgumentException e) {
            throw new Refusal(name + ": " + e.getMessage());
        }
    }
}
