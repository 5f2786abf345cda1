package io.phyla.evaluators.proxy;

import io.phyla.evaluators.engine.Execution;
import io.phyla.evaluators.engine.Execution.Mode;
import io.phyla.evaluators.engine.Initialization;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The runs of one network that its proxies are computed from. Each run is made once, when the first proxy asks for it, and
 * counted. Owns the executions it opens.
 */
public final class ProxyPass implements AutoCloseable {

    private final Supplier<? extends Execution> batch;
    private final Supplier<? extends Execution> single;
    private final Initialization weights;
    private final long macs;
    private @Nullable Execution trained;
    private @Nullable Execution flow;
    private boolean differentiated;
    private double cost;

    /**
     * @param batch opens the network on a batch of images, already loaded
     * @param single opens the network on one sample
     * @param weights the network's first values, of which {@link #flow} takes the magnitudes
     * @param macs multiply-accumulates of one sample's forward run, the unit of cost
     */
    public ProxyPass(
            Supplier<? extends Execution> batch,
            Supplier<? extends Execution> single,
            Initialization weights,
            long macs) {
        this.batch = batch;
        this.single = single;
        this.weights = weights;
        this.macs = macs;
    }

    /** The network after a forward run of the batch, normalised by the batch's own statistics. */
    public Execution forward() {
        if (trained == null) {
            trained = batch.get();
            weights.load(trained);
            trained.forward(Mode.TRAINING);
            cost += (double) macs * trained.batch();
        }
        return trained;
    }

    /** The network after that and a backward run of the sum of all outputs, to the images only. */
    public Execution inputGradients() {
        Execution execution = forward();
        if (!differentiated) {
            execution.backward(ones(execution), false);
            cost += (double) macs * execution.batch();
            differentiated = true;
        }
        return execution;
    }

    /**
     * The linear network of absolute weights after a forward run of one sample of ones and a backward run of the sum of all
     * outputs, to the parameters.
     */
    public Execution flow() {
        if (flow == null) {
            flow = single.get();
            weights.loadMagnitudes(flow);
            float[] ones = new float[Math.toIntExact(flow.network().input().elements())];
            Arrays.fill(ones, 1);
            flow.input(ones);
            flow.forward(Mode.FLOW);
            flow.backward(ones(flow), true);
            cost += 3.0 * macs;
        }
        return flow;
    }

    /** Multiply-accumulates of the runs made so far; a backward run counts once for the data, once for the parameters. */
    public double cost() {
        return cost;
    }

    private static double[] ones(Execution execution) {
        double[] ones = new double
                [Math.toIntExact(
                        execution.batch() * execution.network().output().elements())];
        Arrays.fill(ones, 1);
        return ones;
    }

    @Override
    public void close() {
        if (trained != null) {
            trained.close();
        }
        if (flow != null) {
            flow.close();
        }
    }
}
