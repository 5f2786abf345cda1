package io.phyla.evaluators.engine;

import io.phyla.evaluators.engine.Step.Wanted;
import io.phyla.spaces.design.Network;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A network compiled for a batch size: float32, native kernels, memory planned and allocated once, so that running takes no
 * more of it. What the backward run needs stays after a forward run, the memory of everything else is used again; a value
 * that is gone is computed again when {@link #values} asks for it.
 *
 * <p>Repeats bit for bit. Belongs to one thread at a time and has to be closed, for nothing else frees its native memory.
 */
public final class Plan implements Execution {

    private final Blueprint blueprint;
    private final Natives natives;
    private final ParameterVector parameters;
    private final long[] words;
    private long spare;
    private Mode mode = Mode.TRAINING;
    private boolean closed;

    /** @param spare bytes it may take beyond those of the blueprint */
    private Plan(Blueprint blueprint, Natives natives, long spare) {
        this.blueprint = blueprint;
        this.natives = natives;
        this.spare = spare;
        natives.alsoFree(blueprint::release);
        Memory work = MemoryPool.SHARED.take(blueprint.layout().bytes());
        natives.alsoFree(work::close);
        parameters = new ParameterVector(blueprint.parameters(), natives);
        Bindings bindings = new Bindings(natives, work, parameters, blueprint.scratchpad());
        blueprint.tensors().forEach(tensor -> tensor.bind(bindings));
        blueprint.steps().forEach(step -> step.bind(bindings));
        blueprint.merges().forEach(merge -> merge.ifPresent(sum -> sum.bind(bindings)));
        images().segment().fill((byte) 0);
        words = new long
                [blueprint.network().shapes().stream()
                        .mapToInt(shape -> Math.toIntExact(Math.ceilDiv(shape.elements(), Long.SIZE)))
                        .max()
                        .orElseThrow()];
    }

    /**
     * @param maxBytes what the plan may take in all
     * @throws MemoryLimitException before anything is allocated, if it would take more
     */
    public static Plan compile(Network network, int batch, long maxBytes) {
        OneThread.enter();
        Blueprint blueprint = Compilation.compile(network, batch, maxBytes);
        Natives natives = new Natives();
        try {
            return new Plan(blueprint, natives, maxBytes - blueprint.bytes());
        } catch (RuntimeException | OutOfMemoryError e) {
            natives.close();
            throw e;
        }
    }

    /** Native memory that a plan takes: activations, gradients, parameters, temporary memory. Allocates none of it. */
    public static long bytes(Network network, int batch) {
        OneThread.enter();
        Blueprint blueprint = Compilation.compile(network, batch, Long.MAX_VALUE);
        blueprint.release();
        return blueprint.bytes();
    }

    @Override
    public Network network() {
        return blueprint.network();
    }

    @Override
    public int batch() {
        return blueprint.batch();
    }

    @Override
    public List<Parameter> parameters() {
        return blueprint.parameters();
    }

    /**
     * All parameters as one vector, in the memory that runs read: what an optimiser changes. Tensors are in the order of
     * {@link #parameters()} with gaps of zeros between them. Not to be used after {@link #close()}.
     */
    public INDArray parametersVector() {
        checkOpen();
        return parameters.values().floats();
    }

    /** The gradients of the last backward run, laid out as {@link #parametersVector()}; its gaps are zeros, too. */
    public INDArray gradientsVector() {
        checkOpen();
        return parameters.gradients().floats();
    }

    @Override
    public void load(Parameter parameter, double[] values) {
        checkOpen();
        parameters.load(own(parameter), values);
    }

    @Override
    public void input(float[] images) {
        checkOpen();
        Pixels.write(images, images());
    }

    @Override
    public void forward(Mode mode) {
        checkOpen();
        this.mode = mode;
        forward(0, blueprint.steps().size());
    }

    private void forward(int from, int to) {
        for (int node = from; node < to; node++) {
            blueprint.steps().get(node).forward(mode);
        }
    }

    @Override
    public double[] output() {
        checkOpen();
        return Pixels.read(blueprint.values().getLast());
    }

    @Override
    public double[] values(int node) {
        checkOpen();
        Tensor tensor = blueprint.values().get(node);
        if (blueprint.steps().get(node) instanceof NormalizationStep step && step.rectified()) {
            return Pixels.reorder(step.unrectified(mode), tensor);
        }
        if (tensor.buffer().kept()) {
            return Pixels.read(tensor);
        }
        forward(0, node + 1);
        double[] values = Pixels.read(tensor);
        forward(node + 1, blueprint.steps().size());
        return values;
    }

    /** Quick for rectifiers and whatever else is kept after a forward run; other nodes are computed again first. */
    @Override
    public void signs(int node, Signs sink) {
        checkOpen();
        Tensor tensor = blueprint.values().get(node);
        boolean kept = tensor.buffer().kept();
        if (!kept) {
            forward(0, node + 1);
        }
        for (int sample = 0; sample < batch(); sample++) {
            int count = Pixels.signs(tensor, sample, words);
            sink.accept(sample, words, count);
        }
        if (!kept) {
            forward(node + 1, blueprint.steps().size());
        }
    }

    @Override
    public void backward(double[] outputGradient, boolean parameters) {
        backward(outputGradient, new Wanted(parameters, true), null);
    }

    @Override
    public void backward(double[] outputGradient, boolean parameters, MapProducts products) {
        backward(outputGradient, new Wanted(parameters, true), products);
    }

    /** Like {@link #backward} with parameters, without the gradient with respect to the images: a step of training. */
    public void backwardToParameters(double[] outputGradient) {
        backward(outputGradient, new Wanted(true, false), null);
    }

    private void backward(double[] outputGradient, Wanted wanted, @Nullable MapProducts products) {
        checkOpen();
        int last = blueprint.steps().size() - 1;
        blueprint.gradients().get(last).ifPresent(gradient -> {
            Pixels.write(outputGradient, gradient);
            gradient.exponent(0);
        });
        for (int node = last; node >= (wanted.images() ? 0 : 1); node--) {
            Optional<Tensor> gradient = blueprint.gradients().get(node);
            if (gradient.isPresent()) {
                blueprint.merges().get(node).ifPresent(merge -> merge.run(mode));
                if (products != null && blueprint.steps().get(node) instanceof WeightedStep) {
                    products.accept(node, Pixels.products(blueprint.values().get(node), gradient.get()));
                }
                blueprint.steps().get(node).backward(mode, wanted);
            }
        }
    }

    @Override
    public double[] inputGradient() {
        checkOpen();
        return blueprint.gradients().getFirst().map(Pixels::read).orElseGet(() -> new double[images().elements()]);
    }

    @Override
    public double[] gradient(Parameter parameter) {
        checkOpen();
        return parameters.gradient(own(parameter));
    }

    @Override
    public ParameterNumbers parameterValues() {
        return (parameter, from, target, count) -> {
            checkOpen();
            parameters.read(parameters.values(), own(parameter), from, target, count);
        };
    }

    @Override
    public ParameterNumbers parameterGradients() {
        return (parameter, from, target, count) -> {
            checkOpen();
            parameters.read(parameters.gradients(), own(parameter), from, target, count);
        };
    }

    @Override
    public GradientRows gradientRows(int count) {
        checkOpen();
        long bytes = count * parameters.gradients().segment().byteSize();
        if (bytes > spare) {
            throw tooLarge(count, bytes);
        }
        spare -= bytes;
        List<Memory> rows = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Memory row = MemoryPool.SHARED.take(parameters.gradients().segment().byteSize());
            natives.alsoFree(row::close);
            rows.add(row);
        }
        return new GradientRows() {
            @Override
            public void keep(int row) {
                checkOpen();
                rows.get(row).segment().copyFrom(parameters.gradients().segment());
            }

            @Override
            public ParameterNumbers row(int row) {
                return (parameter, from, target, length) -> {
                    checkOpen();
                    parameters.read(rows.get(row), own(parameter), from, target, length);
                };
            }
        };
    }

    private MemoryLimitException tooLarge(int rows, long bytes) {
        Parameter largest = parameters().stream()
                .max(Comparator.comparingInt(Parameter::size))
                .orElseThrow();
        String layer = network().nodes().get(largest.node()).name();
        long whole = blueprint.bytes() + bytes;
        return new MemoryLimitException(
                layer, (long) rows * largest.size() * Float.BYTES, whole, whole - bytes + spare, batch());
    }

    @Override
    public double[] variance(int node) {
        checkOpen();
        if (blueprint.steps().get(node) instanceof NormalizationStep step) {
            return step.variance();
        }
        throw new IllegalArgumentException(
                "layer '" + network().nodes().get(node).name() + "' is no batch normalisation");
    }

    @Override
    public double unitRoundoff() {
        return 0x1p-24;
    }

    @Override
    public double saliency(Parameter parameter) {
        checkOpen();
        return parameters.saliency(own(parameter));
    }

    @Override
    public long exponent() {
        return switch (mode) {
            case TRAINING -> 0;
            case FLOW -> blueprint.values().getLast().exponent();
        };
    }

    @Override
    public long exponent(Parameter parameter) {
        return switch (mode) {
            case TRAINING -> 0;
            case FLOW -> parameters.exponent(own(parameter));
        };
    }

    /** Native memory that this plan holds. */
    public long bytes() {
        return blueprint.bytes();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            natives.close();
        }
    }

    private Tensor images() {
        return blueprint.values().getFirst();
    }

    /** A parameter of another network would lead outside this one's memory. */
    private Parameter own(Parameter parameter) {
        if (parameter.index() >= parameters().size()
                || !parameters().get(parameter.index()).equals(parameter)) {
            throw new IllegalArgumentException(parameter + " is not a parameter of this plan's network");
        }
        return parameter;
    }

    /** A kernel that runs on freed memory would take the whole process with it. */
    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the plan is closed");
        }
        OneThread.enter();
    }
}
