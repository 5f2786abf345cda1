package io.phyla.evaluators.engine;

import io.phyla.evaluators.engine.Execution.Mode;
import io.phyla.evaluators.engine.Parameter.Role;
import io.phyla.evaluators.program.ReferenceProgram;
import io.phyla.spaces.design.Layer;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A layer given by its program; the identity in FLOW. */
final class ProgramStep implements Step {

    private final Layer.Program layer;
    private final int input;
    private final Tensor x;
    private final Tensor y;
    private final List<Parameter> parameters;
    private final List<Parameter> statistics;
    private final ReferenceProgram reference;
    private final int vectors;
    private @Nullable Tensor dy;
    private @Nullable Tensor dx;
    private MemorySegment[] values = {};
    private MemorySegment[] gradients = {};
    private MemorySegment[] moving = {};

    ProgramStep(
            Compilation compilation,
            int input,
            Tensor y,
            Layer.Program layer,
            List<Parameter> parameters,
            List<Parameter> statistics) {
        this.layer = layer;
        this.input = input;
        this.x = compilation.use(compilation.value(input));
        this.y = y;
        this.parameters = List.copyOf(parameters);
        this.statistics = List.copyOf(statistics);
        this.reference = new ReferenceProgram(layer.program(), y.batch(), y.shape());
        this.vectors = (int)
                parameters.stream().filter(each -> each.role() == Role.VECTOR).count();
    }

    @Override
    public void differentiate(Tensor gradient, Compilation compilation) {
        dy = gradient;
        dx = compilation.gradientOf(input);
        x.buffer().keep();
    }

    @Override
    public void bind(Bindings bindings) {
        ParameterVector vector = bindings.parameters();
        values = parameters.stream().map(vector.values()::segment).toArray(MemorySegment[]::new);
        gradients = parameters.stream().map(vector.gradients()::segment).toArray(MemorySegment[]::new);
        moving = statistics.stream().map(vector.statistics()::segment).toArray(MemorySegment[]::new);
    }

    @Override
    public void forward(Mode mode) {
        switch (mode) {
            case TRAINING, FROZEN -> Pixels.write(run(), y);
            case INFERENCE ->
                Pixels.write(
                        reference.infer(Pixels.read(x), vectors(), affine(0), affine(1), doubles(moving, moving.length)),
                        y);
            case FLOW -> Flow.copy(x, y);
        }
    }

    private double[] run() {
        return reference.forward(Pixels.read(x), vectors(), affine(0), affine(1));
    }

    private double[][] vectors() {
        return doubles(values, vectors);
    }

    private double[] affine(int which) {
        return layer.program().affine() ? doubles(values, values.length)[vectors + which] : new double[0];
    }

    private static double[][] doubles(MemorySegment[] memory, int count) {
        double[][] numbers = new double[count][];
        for (int i = 0; i < count; i++) {
            float[] floats = memory[i].toArray(ValueLayout.JAVA_FLOAT);
            numbers[i] = new double[floats.length];
            for (int j = 0; j < floats.length; j++) {
                numbers[i][j] = floats[j];
            }
        }
        return numbers;
    }

    @Override
    public void backward(Mode mode, Wanted wanted) {
        if (dy == null) {
            return;
        }
        if (mode == Mode.FLOW) {
            for (MemorySegment gradient : gradients) {
                gradient.fill((byte) 0);
            }
            if (dx != null) {
                Flow.copy(dy, dx);
            }
            return;
        }
        run();
        ReferenceProgram.Gradients found = reference.backward(Pixels.read(dy));
        for (int i = 0; i < gradients.length; i++) {
            double[] source = i < vectors ? found.vectors()[i] : i == vectors ? found.scale() : found.shift();
            for (int j = 0; j < source.length; j++) {
                gradients[i].setAtIndex(ValueLayout.JAVA_FLOAT, j, (float) source[j]);
            }
        }
        if (dx != null) {
            Pixels.write(found.x(), dx);
        }
    }

    @Override
    public void track(double share) {
        double weight = Double.isNaN(share) ? layer.momentum() : share;
        double[][] moments = reference.batchMoments();
        for (int i = 0; i < moving.length; i++) {
            for (int j = 0; j < moments[i].length; j++) {
                double old = moving[i].getAtIndex(ValueLayout.JAVA_FLOAT, j);
                moving[i].setAtIndex(
                        ValueLayout.JAVA_FLOAT, j, (float) ((1 - weight) * old + weight * moments[i][j]));
            }
        }
    }
}
