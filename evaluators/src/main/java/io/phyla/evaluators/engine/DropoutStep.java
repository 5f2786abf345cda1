package io.phyla.evaluators.engine;

import io.phyla.evaluators.engine.Execution.Mode;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Dropout, scaled so that means stay (inverted). The mask is drawn again in the backward run instead of being kept. */
final class DropoutStep implements Step {

    private final int node;
    private final double probability;
    private final float scale;
    private final int input;
    private final Tensor x;
    private final Tensor y;
    private @Nullable Tensor dy;
    private @Nullable Tensor dx;
    private DropoutMask mask;

    DropoutStep(Compilation compilation, int node, int input, Tensor y, double probability) {
        this.node = node;
        this.probability = probability;
        this.scale = (float) (1 / (1 - probability));
        this.input = input;
        this.x = compilation.use(compilation.value(input));
        this.y = y;
        this.mask = DropoutMask.of(0, node, probability);
    }

    @Override
    public void differentiate(Tensor gradient, Compilation compilation) {
        dy = gradient;
        dx = compilation.gradientOf(input);
    }

    @Override
    public void bind(Bindings bindings) {}

    @Override
    public void noise(long seed) {
        mask = DropoutMask.of(seed, node, probability);
    }

    @Override
    public void forward(Mode mode) {
        run(mode, x, y);
    }

    @Override
    public void backward(Mode mode, Wanted wanted) {
        if (dy != null && dx != null && (input > 0 || wanted.images())) {
            run(mode, dy, dx);
        }
    }

    private void run(Mode mode, Tensor source, Tensor target) {
        switch (mode) {
            case TRAINING, FROZEN -> drop(source.segment(), target.segment(), target.elements());
            case INFERENCE, FLOW -> Flow.copy(source, target);
        }
    }

    private void drop(MemorySegment source, MemorySegment target, int count) {
        DropoutMask draws = mask;
        for (int i = 0; i + 1 < count; i += 2) {
            long pair = draws.pair(i >>> 1);
            Lanes.set(target, i, draws.keeps(pair, 0) ? Lanes.get(source, i) * scale : 0);
            Lanes.set(target, i + 1, draws.keeps(pair, 1) ? Lanes.get(source, i + 1) * scale : 0);
        }
        if (count % 2 == 1) {
            int last = count - 1;
            Lanes.set(target, last, draws.keeps(last) ? Lanes.get(source, last) * scale : 0);
        }
    }
}
