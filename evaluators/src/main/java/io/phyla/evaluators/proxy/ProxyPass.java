package io.phyla.evaluators.proxy;

import io.phyla.evaluators.engine.Execution;
import io.phyla.evaluators.engine.Execution.MapProducts;
import io.phyla.evaluators.engine.Execution.Mode;
import io.phyla.evaluators.engine.Initialization;
import io.phyla.evaluators.engine.ParameterNumbers;
import io.phyla.spaces.design.Network;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The runs of one network that its proxies are computed from, each made when the first proxy asks for it, and counted. An
 * execution that is handed out is good until the next run is asked for. At most one execution is open at any time, so that
 * the bound on memory is one for all.
 */
public final class ProxyPass implements AutoCloseable {

    private final Network network;
    private final ProxyInputs inputs;
    private final Executions executions;
    private final Initialization weights;
    private final Work work;
    private @Nullable BatchRuns batch;
    private @Nullable Execution flow;

    /** @param weights the network's first values, of which {@link #flow} takes the magnitudes */
    ProxyPass(Network network, ProxyInputs inputs, Executions executions, Initialization weights) {
        this.network = network;
        this.inputs = inputs;
        this.executions = executions;
        this.weights = weights;
        this.work = new Work(network);
    }

    Network network() {
        return network;
    }

    ProxyInputs inputs() {
        return inputs;
    }

    /** Classes of the first images, which may be more than the network's outputs. */
    int[] labels() {
        return inputs.labels();
    }

    /** The network's first values. */
    Initialization initialization() {
        return weights;
    }

    /** The network with its first weights. */
    public Execution weights() {
        return batch().weights();
    }

    /** The network after a forward run of the batch, normalised by the batch's own statistics. */
    public Execution forward() {
        return batch().forward();
    }

    /** The network after that and a backward run of the sum of all outputs, to the images only. */
    public Execution inputGradients() {
        return batch().outputGradients();
    }

    /** The network after a forward run and a backward run of the {@link CrossEntropy}, to the parameters. */
    public Execution lossGradients() {
        return batch().lossGradients();
    }

    /** Watches that run. */
    public void lossGradients(MapProducts products) {
        batch().lossGradients(products);
    }

    /** The gradients of {@link #lossGradients()}, which stay while other runs on a batch are made. */
    public ParameterNumbers keptLossGradients() {
        return batch().keptLossGradients();
    }

    /** The network after the same runs of the second batch. */
    public Execution secondLossGradients() {
        return batch().secondLossGradients();
    }

    /**
     * The same as {@link #lossGradients()} for the weights that the execution has got since {@link #forward()}, with rectifiers
     * {@link Mode#FROZEN} as they were there.
     */
    public Execution lossGradientsOfOtherWeights() {
        return batch().lossGradientsOfOtherWeights();
    }

    /** An execution of the batch's size with any content, for runs that the caller counts. */
    Execution free() {
        return batch().free();
    }

    private BatchRuns batch() {
        if (batch == null) {
            release();
            batch = new BatchRuns(executions.open(network, inputs.count()), inputs, weights, work);
        }
        return batch;
    }

    /**
     * The linear network of absolute weights after a forward run of one sample of ones and a backward run of the sum of all
     * outputs, to the parameters.
     */
    public Execution flow() {
        if (flow == null) {
            release();
            flow = executions.open(network, 1);
            weights.loadMagnitudes(flow);
            flow.input(ones(network.input().elements()));
            flow.forward(Mode.FLOW);
            double[] gradient = new double[Math.toIntExact(network.output().elements())];
            Arrays.fill(gradient, 1);
            flow.backward(gradient, true);
            work.forward(1);
            work.backward(1);
        }
        return flow;
    }

    /** An execution of the caller's own, which closes it before it asks for anything else and counts its runs. */
    Execution open(Network any, int samples) {
        release();
        return executions.open(any, samples);
    }

    Work work() {
        return work;
    }

    /** Multiply-accumulates of the runs made so far. */
    public double cost() {
        return work.done();
    }

    private static float[] ones(long count) {
        float[] ones = new float[Math.toIntExact(count)];
        Arrays.fill(ones, 1);
        return ones;
    }

    private void release() {
        if (batch != null) {
            batch.close();
            batch = null;
        }
        if (flow != null) {
            flow.close();
            flow = null;
        }
    }

    @Override
    public void close() {
        release();
    }
}
