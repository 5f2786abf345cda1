package io.phyla.evaluators.proxy;

import io.phyla.evaluators.engine.Execution;
import io.phyla.search.metric.Direction;
import io.phyla.search.metric.Metric;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network.Node;
import java.util.List;

/**
 * How differently an untrained network's rectifiers answer the images of a batch (Mellor, Turner, Storkey, Crowley,
 * "Neural Architecture Search without Training", ICML 2021): with c_i the binary code of image i over all units behind a
 * rectifier, N of them, and d_H the Hamming distance, K_ij = N - d_H(c_i, c_j) and the score is log |det K|.
 *
 * <p>Every rectifier counts, also one that does not reach the output; normalisation uses the batch's own statistics, for
 * with stored ones the codes of an untrained network mean nothing. Two images with the same code make K singular: the score
 * is then negative infinity.
 */
public final class Naswot implements Proxy {

    private static final Metric METRIC = new Metric(
            "naswot",
            "",
            Direction.MAXIMIZE,
            false,
            "log |det K| of the agreement of rectifier codes between the images of a batch");

    @Override
    public Metric metric() {
        return METRIC;
    }

    @Override
    public Stage stage() {
        return Stage.FORWARD;
    }

    @Override
    public double compute(ProxyPass pass) {
        return LogDeterminant.ofPositiveSemidefinite(kernel(pass.forward()));
    }

    /** K, B x B; whole numbers, exact below 2^53. */
    static double[][] kernel(Execution execution) {
        SignDistances distances = new SignDistances(execution.batch());
        long units = 0;
        List<Node> nodes = execution.network().nodes();
        for (int node = 0; node < nodes.size(); node++) {
            if (nodes.get(node).layer().equals(Layer.Activation.RELU)) {
                distances.add(execution, node);
                units += execution.network().shapes().get(node).elements();
            }
        }
        double[][] kernel = new double[execution.batch()][execution.batch()];
        for (int i = 0; i < kernel.length; i++) {
            for (int j = 0; j < kernel.length; j++) {
                kernel[i][j] = units - distances.between(i, j);
            }
        }
        return kernel;
    }
}
