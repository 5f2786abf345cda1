package io.phyla.evaluators.proxy;

import io.phyla.evaluators.data.Batch;
import io.phyla.evaluators.engine.Execution;
import io.phyla.evaluators.engine.Execution.MapProducts;
import io.phyla.evaluators.engine.Execution.Mode;
import io.phyla.evaluators.engine.GradientRows;
import io.phyla.evaluators.engine.Initialization;
import io.phyla.evaluators.engine.ParameterNumbers;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The runs of a network on a batch, all in the memory of one execution. Knows what that memory holds: what is asked for and
 * there is not computed again, what is gone is, to the same bits.
 */
final class BatchRuns implements AutoCloseable {

    private enum Content {
        NOTHING,
        WEIGHTS,
        FORWARD,
        OUTPUT_GRADIENTS,
        LOSS_GRADIENTS
    }

    private final Execution execution;
    private final ProxyInputs inputs;
    private final Initialization weights;
    private final Work work;
    private Content content = Content.NOTHING;
    private @Nullable GradientRows kept;

    BatchRuns(Execution execution, ProxyInputs inputs, Initialization weights, Work work) {
        this.execution = execution;
        this.inputs = inputs;
        this.weights = weights;
        this.work = work;
    }

    Execution weights() {
        if (content == Content.NOTHING) {
            execution.input(first().images());
            weights.load(execution);
            content = Content.WEIGHTS;
        }
        return execution;
    }

    Execution forward() {
        weights();
        if (content == Content.WEIGHTS) {
            execution.forward(Mode.TRAINING);
            work.forward(execution.batch());
            content = Content.FORWARD;
        }
        return execution;
    }

    Execution outputGradients() {
        forward();
        if (content != Content.OUTPUT_GRADIENTS) {
            double[] ones = new double[inputs.count() * outputs()];
            Arrays.fill(ones, 1);
            execution.backward(ones, false);
            work.backwardToInput(execution.batch());
            content = Content.OUTPUT_GRADIENTS;
        }
        return execution;
    }

    Execution lossGradients() {
        if (content != Content.LOSS_GRADIENTS) {
            forward();
            backward(first());
            content = Content.LOSS_GRADIENTS;
        }
        return execution;
    }

    /** The same run, made for somebody who watches it. */
    void lossGradients(MapProducts products) {
        forward();
        execution.backwardToParameters(CrossEntropy.gradient(execution.output(), first().labels()), products);
        work.backward(execution.batch());
        content = Content.LOSS_GRADIENTS;
    }

    /** Those of {@link #lossGradients()}, out of reach of later runs. */
    ParameterNumbers keptLossGradients() {
        if (kept == null) {
            lossGradients();
            kept = execution.gradientRows(1);
            kept.keep(0);
        }
        return kept.row(0);
    }

    Execution secondLossGradients() {
        weights();
        content = Content.NOTHING;
        Batch second = inputs.second(size());
        execution.input(second.images());
        execution.forward(Mode.TRAINING);
        work.forward(execution.batch());
        backward(second);
        return execution;
    }

    /** The loss's gradient on the first images for the weights that the execution has now, rectifiers frozen. */
    Execution lossGradientsOfOtherWeights() {
        content = Content.NOTHING;
        execution.forward(Mode.FROZEN);
        work.forward(execution.batch());
        backward(first());
        return execution;
    }

    /** The execution for runs of the caller's own, which may leave anything behind. */
    Execution free() {
        content = Content.NOTHING;
        return execution;
    }

    private void backward(Batch batch) {
        execution.backwardToParameters(CrossEntropy.gradient(execution.output(), batch.labels()));
        work.backward(execution.batch());
    }

    /** Scaled once the network has its memory and so is not too large. */
    private Batch first() {
        return inputs.first(size());
    }

    private int size() {
        return execution.network().input().height();
    }

    private int outputs() {
        return Math.toIntExact(execution.network().output().elements());
    }

    @Override
    public void close() {
        execution.close();
    }
}
