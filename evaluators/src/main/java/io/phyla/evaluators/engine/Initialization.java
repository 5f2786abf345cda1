package io.phyla.evaluators.engine;

import io.phyla.spaces.design.Layer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * First values of all parameters from one seed: weights and biases uniform in +-1/sqrt(fan-in), drawn from one
 * {@link SplitMix} stream in the order of {@link Execution#parameters()}, everything else as its layer
 * starts: normalisation with scale 1 and shift 0. Drawn in
 * double, so that executions of any precision start from the same numbers.
 */
public record Initialization(long seed) {

    private static final double WIDER = Math.sqrt(6);

    /** The values of each parameter, in the order given, which has to be that of an execution. */
    public List<double[]> draw(List<Parameter> parameters) {
        SplitMix stream = new SplitMix(seed);
        List<double[]> tensors = new ArrayList<>(parameters.size());
        for (Parameter parameter : parameters) {
            tensors.add(draw(parameter, stream));
        }
        return tensors;
    }

    /** Draws one tensor after the other in the order given: those of a large network have no room on the heap together. */
    public void each(List<Parameter> parameters, BiConsumer<Parameter, double[]> sink) {
        SplitMix stream = new SplitMix(seed);
        for (Parameter parameter : parameters) {
            sink.accept(parameter, draw(parameter, stream));
        }
    }

    /** Sets all parameters of an execution. */
    public void load(Execution execution) {
        each(execution.parameters(), execution::load);
    }

    /** Sets all parameters of an execution to the absolute values of those of {@link #load}. */
    public void loadMagnitudes(Execution execution) {
        each(execution.parameters(), (parameter, values) -> {
            for (int i = 0; i < values.length; i++) {
                values[i] = Math.abs(values[i]);
            }
            execution.load(parameter, values);
        });
    }

    /**
     * The same, but convolutions' weights uniform in +-sqrt(6/fan-in), so that a signal keeps its size through convolutions
     * and rectifiers without any normalisation (He et al., ICCV 2015).
     */
    public void loadWide(Execution execution) {
        each(execution.parameters(), (parameter, values) -> {
            if (parameter.role() == Parameter.Role.WEIGHT
                    && execution.network().nodes().get(parameter.node()).layer() instanceof Layer.Convolution) {
                for (int i = 0; i < values.length; i++) {
                    values[i] *= WIDER;
                }
            }
            execution.load(parameter, values);
        });
    }

    private static double[] draw(Parameter parameter, SplitMix stream) {
        double[] values = new double[parameter.size()];
        switch (parameter.role()) {
            case WEIGHT, BIAS -> {
                double root = Math.sqrt(parameter.fanIn());
                Arrays.setAll(values, i -> stream.nextSigned() / root);
            }
            case SCALE, SHIFT, VECTOR, MEAN, VARIANCE, MOMENT -> Arrays.fill(values, parameter.initial());
        }
        return values;
    }
}
