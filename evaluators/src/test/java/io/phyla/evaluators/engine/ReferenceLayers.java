package io.phyla.evaluators.engine;

import io.phyla.spaces.design.Extent;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Shape;

/**
 * The layers as plain loops over doubles, N,C,H,W. Forward methods add to a zeroed output, backward methods add to the
 * gradients they are given, so a value that is used twice collects both gradients.
 */
final class ReferenceLayers {

    private ReferenceLayers() {}

    /** Output positions whose window element k lies inside the input; input position = output * stride + offset. */
    private record Reach(int from, int to, int offset) {
        static Reach of(int k, int stride, int padding, int dilation, int in, int out) {
            int offset = k * dilation - padding;
            int from = Math.max(0, Math.ceilDiv(-offset, stride));
            int to = Math.min(out, Math.floorDiv(in - 1 - offset, stride) + 1);
            return new Reach(from, to, offset);
        }
    }

    static void convolve(
            Layer.Convolution layer, int batch, Shape in, Shape out, double[] x, double[] weight, double[] y) {
        convolution(layer, batch, in, out, (xRow, yRow, k, columns) -> {
            for (int column = columns.from(); column < columns.to(); column++) {
                y[yRow + column] += weight[k] * x[xRow + column * layer.stride().width() + columns.offset()];
            }
        });
    }

    static void convolveBackward(
            Layer.Convolution layer,
            int batch,
            Shape in,
            Shape out,
            double[] x,
            double[] weight,
            double[] dy,
            double[] dx,
            double[] dWeight) {
        convolution(layer, batch, in, out, (xRow, yRow, k, columns) -> {
            double sum = 0;
            for (int column = columns.from(); column < columns.to(); column++) {
                int from = xRow + column * layer.stride().width() + columns.offset();
                sum += dy[yRow + column] * x[from];
                dx[from] += dy[yRow + column] * weight[k];
            }
            dWeight[k] += sum;
        });
    }

    /** One row of outputs meets one weight: the only place where the indices of a convolution are worked out. */
    private interface RowVisitor {
        void visit(int xRow, int yRow, int weight, Reach columns);
    }

    private static void convolution(Layer.Convolution layer, int batch, Shape in, Shape out, RowVisitor visitor) {
        int group = in.channels() / layer.groups();
        Extent kernel = layer.kernel();
        int window = kernel.height() * kernel.width();
        for (int weight = 0; weight < out.channels() * group * window; weight++) {
            int o = weight / (group * window);
            int i = o / (out.channels() / layer.groups()) * group + weight / window % group;
            Reach rows = Reach.of(
                    weight / kernel.width() % kernel.height(),
                    layer.stride().height(),
                    layer.padding().height(),
                    layer.dilation().height(),
                    in.height(),
                    out.height());
            Reach columns = Reach.of(
                    weight % kernel.width(),
                    layer.stride().width(),
                    layer.padding().width(),
                    layer.dilation().width(),
                    in.width(),
                    out.width());
            for (int n = 0; n < batch; n++) {
                for (int row = rows.from(); row < rows.to(); row++) {
                    int xRow =
                            ((n * in.channels() + i) * in.height() + row * layer.stride().height() + rows.offset())
                                    * in.width();
                    int yRow = ((n * out.channels() + o) * out.height() + row) * out.width();
                    visitor.visit(xRow, yRow, weight, columns);
                }
            }
        }
    }

    static void addBias(int batch, Shape out, double[] bias, double[] y) {
        int area = out.height() * out.width();
        for (int i = 0; i < batch * out.channels() * area; i++) {
            y[i] += bias[i / area % out.channels()];
        }
    }

    static void addBiasBackward(int batch, Shape out, double[] dy, double[] dBias) {
        int area = out.height() * out.width();
        for (int i = 0; i < batch * out.channels() * area; i++) {
            dBias[i / area % out.channels()] += dy[i];
        }
    }

    static void pool(Layer.Pooling layer, int batch, Shape in, Shape out, double[] x, double[] y) {
        pooling(layer, batch, in, out, (from, to, share) -> y[to] += share * x[from]);
    }

    static void poolBackward(Layer.Pooling layer, int batch, Shape in, Shape out, double[] dy, double[] dx) {
        pooling(layer, batch, in, out, (from, to, share) -> dx[from] += share * dy[to]);
    }

    /** One input element of an averaging window. */
    private interface ShareVisitor {
        void visit(int x, int y, double share);
    }

    private static void pooling(Layer.Pooling layer, int batch, Shape in, Shape out, ShareVisitor visitor) {
        int to = 0;
        for (int plane = 0; plane < batch * in.channels(); plane++) {
            for (int row = 0; row < out.height(); row++) {
                for (int column = 0; column < out.width(); column++, to++) {
                    int top = row * layer.stride().height() - layer.padding().height();
                    int left = column * layer.stride().width() - layer.padding().width();
                    int firstRow = Math.max(0, top);
                    int lastRow = Math.min(in.height(), top + layer.kernel().height());
                    int firstColumn = Math.max(0, left);
                    int lastColumn = Math.min(in.width(), left + layer.kernel().width());
                    double share = switch (layer.kind()) {
                        case AVERAGE ->
                            layer.countPadding()
                                    ? 1.0 / (layer.kernel().height() * layer.kernel().width())
                                    : 1.0 / ((lastRow - firstRow) * (lastColumn - firstColumn));
                        case MAXIMUM -> throw new IllegalArgumentException("a maximum has no shares");
                    };
                    for (int r = firstRow; r < lastRow; r++) {
                        for (int c = firstColumn; c < lastColumn; c++) {
                            visitor.visit((plane * in.height() + r) * in.width() + c, to, share);
                        }
                    }
                }
            }
        }
    }

    static void linear(int batch, int inputs, int outputs, double[] x, double[] weight, double[] y) {
        for (int n = 0; n < batch; n++) {
            for (int o = 0; o < outputs; o++) {
                for (int i = 0; i < inputs; i++) {
                    y[n * outputs + o] += weight[o * inputs + i] * x[n * inputs + i];
                }
            }
        }
    }

    static void linearBackward(
            int batch,
            int inputs,
            int outputs,
            double[] x,
            double[] weight,
            double[] dy,
            double[] dx,
            double[] dWeight) {
        for (int n = 0; n < batch; n++) {
            for (int o = 0; o < outputs; o++) {
                for (int i = 0; i < inputs; i++) {
                    dWeight[o * inputs + i] += dy[n * outputs + o] * x[n * inputs + i];
                    dx[n * inputs + i] += dy[n * outputs + o] * weight[o * inputs + i];
                }
            }
        }
    }
}
