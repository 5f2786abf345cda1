package io.phyla.evaluators.engine;

import io.phyla.spaces.design.Network;
import java.util.List;

/**
 * A network ready to run on a fixed batch: the compiled float32 {@link Plan}, or the plain double reference it is tested
 * against. All arrays that cross this interface are in logical order (N,C,H,W; weights O,I,K,K); how memory is laid out
 * inside is nobody's business. Not thread-safe.
 */
public interface Execution extends AutoCloseable {

    Network network();

    /** Samples per run. */
    int batch();

    /** All learned tensors in the order of the network's nodes, within a node in the order of {@link Parameter.Role}. */
    List<Parameter> parameters();

    /** The moving statistics of batch normalisations, mean before variance, in the order of the nodes. */
    List<Parameter> statistics();

    /** Copies the values of a parameter or statistic, in its own order. */
    double[] read(Parameter tensor);

    /** Sets the values of a parameter or statistic. */
    void load(Parameter tensor, double[] values);

    /** Sets the images, N,C,H,W. */
    void input(float[] images);

    /**
     * Chooses the random numbers of the forward runs in TRAINING from now on; 0 unless told. Runs of one seed drop the same
     * elements.
     */
    void noise(long seed);

    /**
     * Runs the network in a mode; normalisation in TRAINING uses the batch's own statistics.
     *
     * @throws IllegalStateException in FROZEN, unless the run before was one in TRAINING or FROZEN
     */
    void forward(Mode mode);

    /**
     * Lets the batch statistics of the last forward run, in TRAINING, enter the moving ones: {@code (1 - m) * moving + m *
     * batch} with each layer's own momentum m; variances of more than one element enter without bias.
     */
    default void track() {
        track(Double.NaN);
    }

    /** The same with one momentum for all layers; 1, 1/2, 1/3, ... in turn gives the mean over several batches. */
    void track(double momentum);

    /** Copies the output of the last forward run, N,C,H,W. In FLOW these are mantissas, see {@link #exponent}. */
    double[] output();

    /** Copies what a node produced in the last forward run, N,C,H,W. */
    double[] values(int node);

    /**
     * For every sample the bits "value greater than zero" of what a node produced in the last forward run, 64 to a
     * long, appended to that sample's words. The order of units is the same for all samples but otherwise unspecified.
     *
     * @throws IllegalStateException after a run in FROZEN, where signs say nothing about what passes
     */
    void signs(int node, Signs sink);

    /**
     * Runs backward from the gradient of a loss with respect to the output, in the mode of the last forward run, which may
     * not be INFERENCE.
     *
     * @param outputGradient N,C,H,W
     * @param parameters whether gradients of the parameters are wanted beside that of the input
     */
    void backward(double[] outputGradient, boolean parameters);

    /**
     * The same in TRAINING, to the parameters and not to the images, and watched.
     *
     * @param products takes what is known only while the run is under way
     */
    void backwardToParameters(double[] outputGradient, MapProducts products);

    /** The same, without anybody who watches. */
    void backwardToParameters(double[] outputGradient);

    /** Copies the gradient with respect to the images, N,C,H,W. */
    double[] inputGradient();

    /** Copies the gradient with respect to a parameter, in its own order. In FLOW these are mantissas. */
    double[] gradient(Parameter parameter);

    /** All parameters' values as they are when read. */
    ParameterNumbers parameterValues();

    /** The gradients as the last backward run with parameters left them; in FLOW mantissas. */
    ParameterNumbers parameterGradients();

    /**
     * Memory for the gradients of so many runs.
     *
     * @throws MemoryLimitException before it is allocated, if this execution may not take so much
     */
    GradientRows gradientRows(int count);

    /** Copies the biased variance per channel by which a normalisation divided in the last forward run in TRAINING. */
    double[] variance(int node);

    /** Half the distance from 1 to the next number it computes with, float32 unless said otherwise. */
    default double unitRoundoff() {
        return 0x1p-24;
    }

    /**
     * The sum over a parameter's elements of value times gradient, after a backward run with parameters. In FLOW this is
     * a mantissa with the exponent of the parameter's gradient.
     */
    double saliency(Parameter parameter);

    /**
     * In FLOW the power of two that the output's mantissas stand for ({@code true value = mantissa * 2^exponent}); a
     * parameter's gradient has its own exponent. Always 0 in other modes.
     */
    long exponent();

    /** The power of two that a parameter's gradient mantissas stand for, after a backward run in FLOW. */
    long exponent(Parameter parameter);

    @Override
    void close();

    /** How a network is run. */
    enum Mode {
        /** Normalisation by the batch's mean and biased variance. */
        TRAINING,
        /**
         * As TRAINING, but every rectifier passes what it passed in the last run in TRAINING and nothing else, whatever the
         * signs are now. So the network is smooth in its parameters, and differences of its gradients find second
         * derivatives as automatic differentiation defines them. Other functions with kinks keep theirs.
         */
        FROZEN,
        /** Normalisation by moving statistics, nothing dropped; there is no backward run. */
        INFERENCE,
        /** The linear network of synaptic flow: normalisation is the identity, values may exceed float's range. */
        FLOW
    }

    /** Sees a layer's output and the gradient with respect to it together. */
    @FunctionalInterface
    interface MapProducts {

        /**
         * Called for every convolution and linear layer that a gradient reaches, in the order of the backward run.
         *
         * @param products N,C: the sum over H,W of the layer's output (before whatever follows it) times its gradient
         */
        void accept(int node, double[] products);
    }

    /** Takes sign bits; see {@link Execution#signs}. */
    @FunctionalInterface
    interface Signs {
        void accept(int sample, long[] words, int count);
    }
}
