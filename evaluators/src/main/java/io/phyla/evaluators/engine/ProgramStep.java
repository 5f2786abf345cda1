package io.phyla.evaluators.engine;

import io.phyla.evaluators.engine.Execution.Mode;
import io.phyla.evaluators.program.FusedProgram;
import io.phyla.evaluators.program.KernelCheck;
import io.phyla.spaces.design.Layer;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A layer given by its program, in fused kernels; the identity in FLOW. */
final class ProgramStep implements Step {

    private final double momentum;
    private final int input;
    private final Tensor x;
    private final Tensor y;
    private final List<Parameter> parameters;
    private final List<Parameter> statistics;
    private final FusedProgram program;

    /** What the forward run leaves for the backward run. */
    private final Buffer kept;

    private final Buffer scratch;
    private @Nullable Buffer backwardScratch;
    private @Nullable Tensor dy;
    private @Nullable Tensor dx;
    private MemorySegment[] gradients = {};
    private MemorySegment[] moving = {};

    ProgramStep(
            Compilation compilation,
            int input,
            Tensor y,
            Layer.Program layer,
            List<Parameter> parameters,
            List<Parameter> statistics) {
        KernelCheck.beforePrograms();
        this.momentum = layer.momentum();
        this.input = input;
        this.x = compilation.use(compilation.value(input));
        this.y = y;
        this.parameters = List.copyOf(parameters);
        this.statistics = List.copyOf(statistics);
        this.program = new FusedProgram(layer.program(), y.batch(), y.shape(), compilation.runsBackward());
        this.kept = compilation.reserve(program.keptBytes());
        this.scratch = compilation.reserve(program.forwardBytes());
    }

    @Override
    public void differentiate(Tensor gradient, Compilation compilation) {
        dy = gradient;
        // It is written in any case, so it needs memory even if nobody reads it.
        Tensor wanted = compilation.gradientOf(input);
        dx = wanted == null ? compilation.tensor(x.shape()) : wanted;
        backwardScratch = compilation.reserve(program.backwardBytes());
        x.buffer().keep();
        kept.keep();
    }

    @Override
    public void bind(Bindings bindings) {
        ParameterVector vector = bindings.parameters();
        MemorySegment[] values =
                parameters.stream().map(vector.values()::segment).toArray(MemorySegment[]::new);
        gradients = parameters.stream().map(vector.gradients()::segment).toArray(MemorySegment[]::new);
        moving = statistics.stream().map(vector.statistics()::segment).toArray(MemorySegment[]::new);
        program.bind(x.segment(), y.segment(), bindings.segment(kept), bindings.segment(scratch), values, moving);
        if (dy != null && dx != null && backwardScratch != null) {
            program.bindBackward(
                    x.segment(),
                    dy.segment(),
                    dx.segment(),
                    bindings.segment(kept),
                    bindings.segment(backwardScratch),
                    gradients);
        }
    }

    @Override
    public void forward(Mode mode) {
        switch (mode) {
            case TRAINING, FROZEN -> program.forward();
            case INFERENCE -> program.infer();
            case FLOW -> Flow.copy(x, y);
        }
    }

    @Override
    public void backward(Mode mode, Wanted wanted) {
        switch (mode) {
            case TRAINING, FROZEN -> program.backward();
            case INFERENCE -> throw new IllegalStateException("there is no backward run of inference");
            case FLOW -> {
                for (MemorySegment gradient : gradients) {
                    gradient.fill((byte) 0);
                }
                if (dy != null && dx != null) {
                    Flow.copy(dy, dx);
                }
            }
        }
    }

    @Override
    public void track(double share) {
        double weight = Double.isNaN(share) ? momentum : share;
        double[][] moments = program.batchMoments();
        for (int i = 0; i < moving.length; i++) {
            for (int c = 0; c < moments[i].length; c++) {
                double old = moving[i].getAtIndex(ValueLayout.JAVA_FLOAT, c);
                moving[i].setAtIndex(ValueLayout.JAVA_FLOAT, c, (float) ((1 - weight) * old + weight * moments[i][c]));
            }
        }
    }
}
