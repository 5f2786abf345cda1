package io.phyla.evaluators.engine;

import io.phyla.evaluators.engine.Execution.MapProducts;
import io.phyla.evaluators.engine.Execution.Mode;
import io.phyla.evaluators.engine.Execution.Signs;
import io.phyla.evaluators.engine.Step.Wanted;
import io.phyla.spaces.design.Layer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The runs of a plan whose memory is there. Knows what the last forward run left in it: what has to be there still is read,
 * everything else is computed again.
 */
final class Runs {

    private final Blueprint blueprint;
    private final long[] words;
    private Mode mode = Mode.TRAINING;
    private long noise;
    private boolean ran;

    Runs(Blueprint blueprint) {
        this.blueprint = blueprint;
        this.words = new long
                [blueprint.network().shapes().stream()
                        .mapToInt(shape -> Math.toIntExact(Math.ceilDiv(shape.elements(), Long.SIZE)))
                        .max()
                        .orElseThrow()];
    }

    /** Of the last forward run. */
    Mode mode() {
        return mode;
    }

    void noise(long seed) {
        noise = seed;
    }

    void forward(Mode wanted) {
        if (wanted != Mode.INFERENCE && !blueprint.backward()) {
            throw new IllegalStateException("the plan was compiled for INFERENCE alone, not for " + wanted);
        }
        if (wanted == Mode.FROZEN && !(ran && (mode == Mode.TRAINING || mode == Mode.FROZEN))) {
            throw new IllegalStateException("a forward run in FROZEN has to follow one in TRAINING");
        }
        mode = wanted;
        // Not before: the backward run still belongs to the numbers of the last forward run.
        for (int node = 0; node < blueprint.steps().size(); node++) {
            blueprint.steps().get(node).noise(noise);
        }
        forward(0, blueprint.steps().size());
        ran = true;
    }

    private void forward(int from, int to) {
        for (int node = from; node < to; node++) {
            blueprint.steps().get(node).forward(mode);
        }
    }

    void track(double momentum) {
        checkRan();
        if (mode != Mode.TRAINING) {
            throw new IllegalStateException("a forward run in " + mode + " has no batch statistics");
        }
        blueprint.steps().forEach(step -> step.track(momentum));
    }

    /** What a node produced, N,C,H,W. */
    double[] values(int node) {
        checkRan();
        Step step = blueprint.steps().get(node);
        Tensor tensor = blueprint.values().get(node);
        boolean fused =
                blueprint.network().nodes().get(node).layer() instanceof Layer.Add && step instanceof RectifiedSumStep;
        boolean kept = step instanceof NormalizationStep normalization && normalization.rectified()
                ? normalization.keepsInput()
                : tensor.buffer().kept() && !fused;
        if (!kept) {
            forward(0, node + 1);
        }
        double[] values = switch (step) {
            case NormalizationStep it when it.rectified() -> Pixels.reorder(it.unrectified(mode), tensor);
            case RectifiedSumStep it when fused -> Pixels.reorder(it.unrectified(mode), tensor);
            case Step _ -> Pixels.read(tensor);
        };
        if (!kept) {
            forward(node + 1, blueprint.steps().size());
        }
        return values;
    }

    void signs(int node, Signs sink) {
        checkRan();
        if (mode == Mode.FROZEN) {
            throw new IllegalStateException("there are no signs to ask for after a forward run in FROZEN");
        }
        Tensor tensor = blueprint.values().get(node);
        boolean kept = tensor.buffer().kept();
        if (!kept) {
            forward(0, node + 1);
        }
        for (int sample = 0; sample < blueprint.batch(); sample++) {
            int count = Pixels.signs(tensor, sample, words);
            sink.accept(sample, words, count);
        }
        if (!kept) {
            forward(node + 1, blueprint.steps().size());
        }
    }

    /** From the gradient that stands in its memory. */
    void backward(Wanted wanted, @Nullable MapProducts products) {
        checkRan();
        if (mode == Mode.INFERENCE) {
            throw new IllegalStateException("there is no backward run after a forward run in INFERENCE");
        }
        blueprint.gradients().getLast().ifPresent(gradient -> gradient.exponent(0));
        int last = blueprint.steps().size() - 1;
        for (int node = last; node >= (wanted.images() ? 0 : 1); node--) {
            Optional<Tensor> gradient = blueprint.gradients().get(node);
            if (gradient.isPresent()) {
                Optional<Sum> merge = blueprint.merges().get(node);
                if (merge.isPresent()) {
                    merge.get().run(mode);
                }
                if (products != null && blueprint.steps().get(node) instanceof WeightedStep) {
                    products.accept(node, Pixels.products(blueprint.values().get(node), gradient.get()));
                }
                blueprint.steps().get(node).backward(mode, wanted);
            }
        }
    }

    /** Memory nobody wrote holds whatever was there: a kernel that finds places in it may write anywhere. */
    private void checkRan() {
        if (!ran) {
            throw new IllegalStateException("there was no forward run yet; it has to come first");
        }
    }
}
