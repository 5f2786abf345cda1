package io.phyla.evaluators.proxy;

import io.phyla.evaluators.engine.Execution;
import io.phyla.evaluators.engine.Execution.Mode;
import io.phyla.evaluators.engine.GradientRows;
import io.phyla.evaluators.engine.Parameter;
import java.util.Arrays;

/**
 * The neural tangent kernel Theta = G G', B x B, with G, B x P, the gradient of each image's summed outputs with respect to all
 * weights of convolutions and linear layers. Normalisation couples the images of a batch, so each row is a backward run of the
 * whole batch: work grows with the square of the batch, memory by one copy of the parameters for each image.
 */
final class TangentKernel {

    private static final int BLOCK = 512;

    private TangentKernel() {}

    /** @param execution of as many of the pass's first images as the kernel has rows */
    static double[][] of(ProxyPass pass, Execution execution) {
        int batch = execution.batch();
        GradientRows rows = execution.gradientRows(batch);
        execution.input(pass.inputs()
                .first(execution.network().input().height())
                .part(0, batch)
                .images());
        pass.initialization().load(execution);
        execution.forward(Mode.TRAINING);
        pass.work().forward(batch);
        int outputs = Math.toIntExact(execution.network().output().elements());
        for (int row = 0; row < batch; row++) {
            double[] gradient = new double[batch * outputs];
            Arrays.fill(gradient, row * outputs, (row + 1) * outputs, 1);
            execution.backwardToParameters(gradient);
            pass.work().backward(batch);
            rows.keep(row);
        }
        return products(execution, rows);
    }

    private static double[][] products(Execution execution, GradientRows rows) {
        int batch = execution.batch();
        double[][] kernel = new double[batch][batch];
        double[][] blocks = new double[batch][BLOCK];
        for (Parameter weight : ParameterSums.weights(execution)) {
            for (int from = 0; from < weight.size(); from += BLOCK) {
                int count = Math.min(BLOCK, weight.size() - from);
                for (int row = 0; row < batch; row++) {
                    rows.row(row).read(weight, from, blocks[row], count);
                }
                add(kernel, blocks, count);
            }
        }
        return kernel;
    }

    private static void add(double[][] kernel, double[][] blocks, int count) {
        for (int i = 0; i < kernel.length; i++) {
            for (int j = 0; j <= i; j++) {
                kernel[i][j] += InnerProduct.of(blocks[i], blocks[j], count);
                kernel[j][i] = kernel[i][j];
            }
        }
    }
}
