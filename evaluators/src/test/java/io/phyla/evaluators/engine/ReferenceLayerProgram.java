package io.phyla.evaluators.engine;

import io.phyla.evaluators.program.ReferenceProgram;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.Shape;
import java.util.List;

/**
 * A program as a layer of a {@link ReferenceExecution}.
 *
 * @param parameters vectors, then scale and shift if the program has them
 * @param gradients with respect to them, to be added to
 * @param moments moving averages
 */
record ReferenceLayerProgram(
        LayerProgram program,
        int batch,
        Shape shape,
        List<double[]> parameters,
        List<double[]> gradients,
        List<double[]> moments) {

    double[] forward(double[] x, boolean inference) {
        ReferenceProgram reference = new ReferenceProgram(program, batch, shape);
        return inference
                ? reference.infer(x, vectors(), affine(0), affine(1), moments.toArray(double[][]::new))
                : reference.forward(x, vectors(), affine(0), affine(1));
    }

    void backward(double[] x, double[] dy, double[] dx) {
        ReferenceProgram reference = trained(x);
        ReferenceProgram.Gradients found = reference.backward(dy);
        add(found.x(), dx);
        for (int i = 0; i < gradients.size(); i++) {
            int behind = i - program.vectors().size();
            add(behind < 0 ? found.vectors()[i] : behind == 0 ? found.scale() : found.shift(), gradients.get(i));
        }
    }

    void track(double[] x, double momentum) {
        double[][] found = trained(x).batchMoments();
        for (int i = 0; i < found.length; i++) {
            for (int c = 0; c < found[i].length; c++) {
                moments.get(i)[c] = (1 - momentum) * moments.get(i)[c] + momentum * found[i][c];
            }
        }
    }

    private ReferenceProgram trained(double[] x) {
        ReferenceProgram reference = new ReferenceProgram(program, batch, shape);
        reference.forward(x, vectors(), affine(0), affine(1));
        return reference;
    }

    private double[][] vectors() {
        return parameters.subList(0, program.vectors().size()).toArray(double[][]::new);
    }

    private double[] affine(int which) {
        return program.affine() ? parameters.get(program.vectors().size() + which) : new double[0];
    }

    private static void add(double[] source, double[] target) {
        for (int i = 0; i < source.length; i++) {
            target[i] += source[i];
        }
    }
}
