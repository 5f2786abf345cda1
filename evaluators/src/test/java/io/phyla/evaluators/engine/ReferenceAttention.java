package io.phyla.evaluators.engine;

import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Shape;

/** Softmax and products of computed matrices as plain loops over N,C,H,W; see {@link ReferenceLayers}. */
final class ReferenceAttention {

    private ReferenceAttention() {}

    /** Where the elements of one group at one position lie: start + k * step. */
    private interface GroupVisitor {
        void visit(int start, int step, int width);
    }

    private static void groups(int batch, Shape shape, int groups, GroupVisitor visitor) {
        int area = shape.height() * shape.width();
        int width = shape.channels() / groups;
        for (int group = 0; group < batch * groups; group++) {
            for (int position = 0; position < area; position++) {
                visitor.visit(group * width * area + position, area, width);
            }
        }
    }

    static void softmax(int batch, Shape shape, int groups, double[] x, double[] y) {
        groups(batch, shape, groups, (start, step, width) -> {
            double top = Double.NEGATIVE_INFINITY;
            for (int k = 0; k < width; k++) {
                top = Math.max(top, x[start + k * step]);
            }
            double sum = 0;
            for (int k = 0; k < width; k++) {
                sum += Math.exp(x[start + k * step] - top);
            }
            for (int k = 0; k < width; k++) {
                y[start + k * step] = Math.exp(x[start + k * step] - top) / sum;
            }
        });
    }

    static void softmaxBackward(int batch, Shape shape, int groups, double[] y, double[] dy, double[] dx) {
        groups(batch, shape, groups, (start, step, width) -> {
            for (int i = 0; i < width; i++) {
                for (int k = 0; k < width; k++) {
                    double jacobian = y[start + k * step] * ((i == k ? 1 : 0) - y[start + i * step]);
                    dx[start + i * step] += dy[start + k * step] * jacobian;
                }
            }
        });
    }

    /** Elements of A, B and C that meet in one product of numbers. */
    private interface TermVisitor {
        void visit(int a, int b, int c);
    }

    private static void terms(Layer.MatrixProduct layer, int batch, Shape first, Shape second, TermVisitor visitor) {
        int rows = first.height() * first.width();
        int positions = second.height() * second.width();
        int inner = first.channels() / layer.heads();
        int columns = layer.transposed() ? positions : second.channels() / layer.heads();
        for (int head = 0; head < batch * layer.heads(); head++) {
            for (int row = 0; row < rows; row++) {
                for (int column = 0; column < columns; column++) {
                    for (int k = 0; k < inner; k++) {
                        int b = layer.transposed()
                                ? (head * inner + k) * positions + column
                                : (head * columns + column) * positions + k;
                        visitor.visit((head * inner + k) * rows + row, b, (head * columns + column) * rows + row);
                    }
                }
            }
        }
    }

    static void product(
            Layer.MatrixProduct layer, int batch, Shape first, Shape second, double[] a, double[] b, double[] c) {
        terms(layer, batch, first, second, (i, j, k) -> c[k] += layer.scale() * a[i] * b[j]);
    }

    static void productBackward(
            Layer.MatrixProduct layer,
            int batch,
            Shape first,
            Shape second,
            double[] a,
            double[] b,
            double[] dc,
            double[] da,
            double[] db) {
        terms(layer, batch, first, second, (i, j, k) -> {
            da[i] += layer.scale() * dc[k] * b[j];
            db[j] += layer.scale() * dc[k] * a[i];
        });
    }
}
