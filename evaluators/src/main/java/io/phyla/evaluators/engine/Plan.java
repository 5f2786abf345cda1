package io.phyla.evaluators.engine;

import io.phyla.evaluators.engine.Step.Wanted;
import io.phyla.spaces.design.Network;
import java.lang.foreign.MemorySegment;
import java.util.List;
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
    private final Runs runs;
    private long spare;
    private boolean closed;

    /** @param spare bytes it may take beyond those of the blueprint */
    private Plan(Blueprint blueprint, Natives natives, long spare) {
        this.blueprint = blueprint;
        this.natives = natives;
        this.spare = spare;
        natives.alsoFree(blueprint::release);
        Memory work = MemoryPool.SHARED.take(blueprint.layout().bytes());
        natives.alsoFree(work::close);
        parameters = new ParameterVector(blueprint.parameters(), blueprint.statistics(), natives);
        Bindings bindings = new Bindings(natives, work, parameters, blueprint.scratchpad());
        blueprint.tensors().forEach(tensor -> tensor.bind(bindings));
        blueprint.steps().forEach(step -> step.bind(bindings));
        blueprint.merges().forEach(merge -> merge.ifPresent(sum -> sum.bind(bindings)));
        images().segment().fill((byte) 0);
        runs = new Runs(blueprint);
    }

    /**
     * @param maxBytes what the plan may take in all
     * @throws MemoryLimitException before anything is allocated, if it would take more
     */
    public static Plan compile(Network network, int batch, long maxBytes) {
        return compile(network, batch, maxBytes, true);
    }

    /** The same for forward runs in INFERENCE alone, which take much less memory. */
    public static Plan compileForInference(Network network, int batch, long maxBytes) {
        return compile(network, batch, maxBytes, false);
    }

    private static Plan compile(Network network, int batch, long maxBytes, boolean backward) {
        OneThread.enter();
        Blueprint blueprint = Compilation.compile(network, batch, maxBytes, backward);
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
        Blueprint blueprint = Compilation.compile(network, batch, Long.MAX_VALUE, true);
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
        return parameters.values().memory().floats();
    }

    /** The gradients of the last backward run, laid out as {@link #parametersVector()}; its gaps are zeros, too. */
    public INDArray gradientsVector() {
        checkOpen();
        return parameters.gradients().memory().floats();
    }

    /** The moving statistics as one vector in the order of {@link #statistics()}, laid out as {@link #parametersVector()}. */
    public INDArray statisticsVector() {
        checkOpen();
        return parameters.statistics().memory().floats();
    }

    /** The memory of {@link #parametersVector()}; its length is a multiple of a cache line. */
    public MemorySegment parametersSegment() {
        checkOpen();
        return parameters.values().memory().segment();
    }

    /** The memory of {@link #gradientsVector()}. */
    public MemorySegment gradientsSegment() {
        checkOpen();
        return parameters.gradients().memory().segment();
    }

    /** The memory of {@link #statisticsVector()}; a cache line of zeros if the network has none. */
    public MemorySegment statisticsSegment() {
        checkOpen();
        return parameters.statistics().memory().segment();
    }

    /** Bytes from the start of its vector to a learned tensor or statistic, a multiple of a cache line. */
    public long offset(Parameter tensor) {
        return parameters.holding(own(tensor)).offset(tensor);
    }

    /** Bytes of {@link #parametersSegment()}, known before a network is compiled. */
    public static long parametersBytes(Network network) {
        return TensorVector.bytes(Parameter.of(network));
    }

    /** Bytes of {@link #statisticsSegment()}, known before a network is compiled. */
    public static long statisticsBytes(Network network) {
        return TensorVector.bytes(Parameter.statisticsOf(network));
    }

    @Override
    public List<Parameter> statistics() {
        return blueprint.statistics();
    }

    @Override
    public void load(Parameter tensor, double[] values) {
        checkOpen();
        parameters.holding(own(tensor)).load(tensor, values);
    }

    @Override
    public double[] read(Parameter tensor) {
        checkOpen();
        return parameters.holding(own(tensor)).read(tensor);
    }

    @Override
    public void track(double momentum) {
        checkOpen();
        runs.track(momentum);
    }

    @Override
    public void input(float[] images) {
        checkOpen();
        Pixels.write(images, images());
    }

    /**
     * The images' own memory, N,H,W,C, to be written before a forward run without a copy through the heap. Not to be used
     * after {@link #close()}, like the two below.
     */
    public MemorySegment imagesSegment() {
        checkOpen();
        return images().segment();
    }

    /** The output's own memory after a forward run, N,H,W,C. */
    public MemorySegment outputSegment() {
        checkOpen();
        return blueprint.values().getLast().segment();
    }

    /**
     * Where the gradient of a loss with respect to the output is written, N,H,W,C, before {@link #backwardToParameters()}.
     * Other runs may use the same memory.
     *
     * @throws IllegalStateException if no parameter leads to the output
     */
    public MemorySegment outputGradientSegment() {
        checkOpen();
        return blueprint
                .gradients()
                .getLast()
                .orElseThrow(() -> new IllegalStateException("the output depends on no parameter"))
                .segment();
    }

    @Override
    public void noise(long seed) {
        checkOpen();
        runs.noise(seed);
    }

    @Override
    public void forward(Mode mode) {
        checkOpen();
        runs.forward(mode);
    }

    @Override
    public double[] output() {
        checkOpen();
        return Pixels.read(blueprint.values().getLast());
    }

    @Override
    public double[] values(int node) {
        checkOpen();
        return runs.values(node);
    }

    /** Quick for rectifiers and whatever else is kept after a forward run; other nodes are computed again first. */
    @Override
    public void signs(int node, Signs sink) {
        checkOpen();
        runs.signs(node, sink);
    }

    @Override
    public void backward(double[] outputGradient, boolean parameters) {
        backward(outputGradient, new Wanted(parameters, true), null);
    }

    @Override
    public void backwardToParameters(double[] outputGradient, MapProducts products) {
        backward(outputGradient, new Wanted(true, false), products);
    }

    @Override
    public void backwardToParameters(double[] outputGradient) {
        backward(outputGradient, new Wanted(true, false), null);
    }

    /** The same from the gradient that stands in {@link #outputGradientSegment()}. */
    public void backwardToParameters() {
        checkOpen();
        runs.backward(new Wanted(true, false), null);
    }

    /** The same, and to the images. */
    public void backwardToAll() {
        checkOpen();
        runs.backward(new Wanted(true, true), null);
    }

    private void backward(double[] outputGradient, Wanted wanted, @Nullable MapProducts products) {
        checkOpen();
        blueprint.gradients().getLast().ifPresent(gradient -> Pixels.write(outputGradient, gradient));
        runs.backward(wanted, products);
    }

    /** From the gradient that stands in its memory. */
    void backward(Wanted wanted) {
        checkOpen();
        runs.backward(wanted, null);
    }

    @Override
    public double[] inputGradient() {
        checkOpen();
        return blueprint.gradients().getFirst().map(Pixels::read).orElseGet(() -> new double[images().elements()]);
    }

    @Override
    public double[] gradient(Parameter parameter) {
        checkOpen();
        return parameters.gradients().read(own(parameter));
    }

    @Override
    public ParameterNumbers parameterValues() {
        return parameters.values().numbers(this::checkOpen);
    }

    @Override
    public ParameterNumbers parameterGradients() {
        return parameters.gradients().numbers(this::checkOpen);
    }

    @Override
    public GradientRows gradientRows(int count) {
        checkOpen();
        spare = GradientCopies.reserve(this, count, spare);
        return new GradientCopies(parameters.gradients(), parameters(), count, natives, this::checkOpen);
    }

    @Override
    public double[] variance(int node) {
        checkOpen();
        return blueprint.steps().get(node).variance();
    }

    @Override
    public double saliency(Parameter parameter) {
        checkOpen();
        return parameters.saliency(own(parameter));
    }

    @Override
    public long exponent() {
        return switch (runs.mode()) {
            case TRAINING, FROZEN, INFERENCE -> 0;
            case FLOW -> blueprint.values().getLast().exponent();
        };
    }

    @Override
    public long exponent(Parameter parameter) {
        return switch (runs.mode()) {
            case TRAINING, FROZEN, INFERENCE -> 0;
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

    /** What a profile looks into. */
    Blueprint blueprint() {
        return blueprint;
    }

    private Tensor images() {
        return blueprint.values().getFirst();
    }

    /** A parameter of another network would lead outside this one's memory. */
    private Parameter own(Parameter parameter) {
        List<Parameter> mine = parameter.learned() ? parameters() : statistics();
        if (parameter.index() >= mine.size() || !mine.get(parameter.index()).equals(parameter)) {
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
