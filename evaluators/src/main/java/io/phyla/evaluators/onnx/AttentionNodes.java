package io.phyla.evaluators.onnx;

import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Shape;
import java.util.List;

/** Softmax and products of computed matrices. A map seen as N,heads,channels,positions is a matrix for each head. */
final class AttentionNodes {

    private AttentionNodes() {}

    static void softmax(Site at, Layer.Softmax layer) {
        if (layer.groups() == 1) {
            at.last("Softmax", at.inputs(), Attributes.of("axis", 1));
            return;
        }
        String grouped = heads(at, "groups", at.input(), at.shape(), layer.groups());
        String softmax = at.step("softmax", "Softmax", List.of(grouped), Attributes.of("axis", 2));
        at.last("Reshape", List.of(softmax, shape(at)));
    }

    /** With positions last the product is (B^T) A if transposed and B A if not. */
    static void product(Site at, Layer.MatrixProduct layer) {
        String first = heads(at, "first", at.map(0), at.inputShape(0), layer.heads());
        String second = heads(at, "second", at.map(1), at.inputShape(1), layer.heads());
        if (layer.transposed()) {
            second =
                    at.step("transposed", "Transpose", List.of(second), Attributes.of("perm", List.of(0L, 1L, 3L, 2L)));
        }
        String product = at.step("product", "MatMul", List.of(second, first));
        if (layer.scale() != 1) {
            product = at.step("scaled", "Mul", List.of(product, at.scalar("scale", layer.scale())));
        }
        at.last("Reshape", List.of(product, shape(at)));
    }

    private static String heads(Site at, String name, String value, Shape shape, int heads) {
        String target =
                at.integers(name + "_shape", 0, heads, shape.channels() / heads, (long) shape.height() * shape.width());
        return at.step(name, "Reshape", List.of(value, target));
    }

    /** The layer's own shape, the batch staying as it is. */
    private static String shape(Site at) {
        Shape shape = at.shape();
        return at.vector()
                ? at.integers("shape", 0, shape.channels())
                : at.integers("shape", 0, shape.channels(), shape.height(), shape.width());
    }
}
