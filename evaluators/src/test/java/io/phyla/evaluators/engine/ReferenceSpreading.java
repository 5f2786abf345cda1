package io.phyla.evaluators.engine;

import io.phyla.spaces.design.Extent;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Shape;

/** Layers that make maps larger, as plain loops over N,C,H,W; see {@link ReferenceLayers}. */
final class ReferenceSpreading {

    private ReferenceSpreading() {}

    /** Elements of x, the weights and y that meet. */
    private interface TermVisitor {
        void visit(int x, int weight, int y);
    }

    private static void spread(Layer.TransposedConvolution layer, int batch, Shape in, Shape out, TermVisitor visitor) {
        Extent kernel = layer.kernel();
        int outputs = out.channels() / layer.groups();
        int inputs = in.channels() / layer.groups();
        for (int x = 0; x < batch * (int) in.elements(); x++) {
            int column = x % in.width();
            int row = x / in.width() % in.height();
            int channel = x / in.width() / in.height() % in.channels();
            int sample = x / (int) in.elements();
            for (int o = 0; o < outputs; o++) {
                int plane = sample * out.channels() + channel / inputs * outputs + o;
                for (int k = 0; k < kernel.height() * kernel.width(); k++) {
                    int toRow = row * layer.stride().height()
                            - layer.padding().height()
                            + k / kernel.width() * layer.dilation().height();
                    int toColumn = column * layer.stride().width()
                            - layer.padding().width()
                            + k % kernel.width() * layer.dilation().width();
                    if (toRow >= 0 && toRow < out.height() && toColumn >= 0 && toColumn < out.width()) {
                        int weight = (channel * outputs + o) * kernel.height() * kernel.width() + k;
                        visitor.visit(x, weight, (plane * out.height() + toRow) * out.width() + toColumn);
                    }
                }
            }
        }
    }

    static void transpose(
            Layer.TransposedConvolution layer,
            int batch,
            Shape in,
            Shape out,
            double[] x,
            double[] weight,
            double[] y) {
        spread(layer, batch, in, out, (i, w, o) -> y[o] += x[i] * weight[w]);
    }

    static void transposeBackward(
            Layer.TransposedConvolution layer,
            int batch,
            Shape in,
            Shape out,
            double[] x,
            double[] weight,
            double[] dy,
            double[] dx,
            double[] dWeight) {
        spread(layer, batch, in, out, (i, w, o) -> {
            dx[i] += dy[o] * weight[w];
            dWeight[w] += dy[o] * x[i];
        });
    }

    /** One element of x has a share in one element of y. */
    interface ShareVisitor {
        void visit(int x, int y, double share);
    }

    static void upsample(Layer.Upsample layer, int batch, Shape in, ShareVisitor visitor) {
        int height = in.height() * layer.factor();
        int width = in.width() * layer.factor();
        for (int y = 0; y < batch * in.channels() * height * width; y++) {
            int row = y / width % height;
            int column = y % width;
            int plane = y / width / height * in.height() * in.width();
            switch (layer.kind()) {
                case NEAREST ->
                    visitor.visit(plane + row / layer.factor() * in.width() + column / layer.factor(), y, 1);
                case LINEAR -> {
                    double atRow = at(row, layer.factor(), in.height());
                    double atColumn = at(column, layer.factor(), in.width());
                    int top = (int) atRow;
                    int left = (int) atColumn;
                    for (int corner = 0; corner < 4; corner++) {
                        int r = Math.min(in.height() - 1, top + corner / 2);
                        int c = Math.min(in.width() - 1, left + corner % 2);
                        double share = (corner / 2 == 0 ? 1 - (atRow - top) : atRow - top)
                                * (corner % 2 == 0 ? 1 - (atColumn - left) : atColumn - left);
                        visitor.visit(plane + r * in.width() + c, y, share);
                    }
                }
            }
        }
    }

    /** Where the centre of a new pixel lies among the centres of the old ones. */
    private static double at(int pixel, int factor, int size) {
        return Math.clamp((pixel + 0.5) / factor - 0.5, 0, size - 1);
    }
}
