package io.phyla.evaluators.engine;

import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Network.Node;
import io.phyla.spaces.design.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A network on its way to a plan: kernels found, memory reserved and laid out, nothing allocated. Goes through the nodes
 * forward and then backward, as the runs will, so that a reservation knows its time.
 */
final class Compilation {

    private final Network network;
    private final int batch;
    private final boolean backward;
    private final int count;
    private final List<Parameter> parameters;
    private final List<Parameter> statistics;
    private final MemoryLayout layout = new MemoryLayout();
    private final List<Kernels.Specification<?>> specifications = new ArrayList<>();
    private final List<Tensor> tensors = new ArrayList<>();
    private final List<Tensor> values = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private final List<Optional<Sum>> merges = new ArrayList<>();
    private final List<Optional<Tensor>> gradients = new ArrayList<>();
    private final List<List<Tensor>> arrivals = new ArrayList<>();
    private final boolean[] differentiable;
    private long scratchpadBytes;
    private int scratchpadNode;
    private int nextParameter;
    private int nextStatistic;
    private int node;
    private int now;

    private Compilation(Network network, int batch, boolean backward) {
        this.network = network;
        this.batch = batch;
        this.backward = backward;
        this.count = network.nodes().size();
        this.parameters = Parameter.of(network);
        this.statistics = Parameter.statisticsOf(network);
        this.differentiable = new boolean[count];
    }

    /**
     * @param limit bytes the plan may take
     * @param backward whether it is to run backward, too, for which much of the forward run has to stay
     * @throws MemoryLimitException if it would take more
     */
    static Blueprint compile(Network network, int batch, long limit, boolean backward) {
        if (batch < 1) {
            throw new IllegalArgumentException("a batch needs at least one sample, not " + batch);
        }
        long bound = Math.min(limit, MemoryPool.LIMIT);
        MemoryDemand.check(network, batch, bound);
        Compilation compilation = new Compilation(network, batch, backward);
        try {
            Blueprint blueprint = compilation.compile();
            if (blueprint.bytes() > bound) {
                Buffer largest = compilation.layout.largest();
                String layer = network.nodes().get(largest.node()).name();
                throw new MemoryLimitException(layer, largest.bytes(), blueprint.bytes(), bound, batch);
            }
            return blueprint;
        } catch (RuntimeException | Error e) {
            compilation.specifications.forEach(PrimitiveCache.SHARED::release);
            throw e;
        }
    }

    private Blueprint compile() {
        forward();
        if (backward) {
            backward();
        }
        Buffer scratchpad = null;
        if (scratchpadBytes > 0) {
            scratchpad = layout.reserve(scratchpadNode, scratchpadBytes, 0);
            scratchpad.pin();
        }
        layout.place();
        return new Blueprint(
                network,
                batch,
                backward,
                parameters,
                statistics,
                layout,
                scratchpad,
                tensors,
                values,
                steps,
                merges,
                gradients,
                specifications);
    }

    private void forward() {
        Fusion fusion = Fusion.of(network);
        for (node = 0; node < count; node++) {
            now = node;
            Node it = network.nodes().get(node);
            int first = it.inputs().isEmpty() ? node : it.inputs().getFirst();
            int origin = fusion.origins()[node];
            int parametersBefore = nextParameter;
            if (origin != Fusion.NONE) {
                values.add(use(values.get(origin)));
                steps.add(new AliasStep(origin));
            } else {
                values.add(tensor(network.shapes().get(node)));
                steps.add(Steps.of(this, it, network.shapes().get(first), values.get(node), fusion.rectified()[node]));
            }
            differentiable[node] = differentiable(it, nextParameter > parametersBefore);
            arrivals.add(new ArrayList<>(2));
            merges.add(Optional.empty());
            gradients.add(Optional.empty());
        }
        values.getLast().buffer().keep();
    }

    /** A rectifier's output is the gate of runs in FROZEN, which only plans that run backward have. */
    void gate(Tensor rectified) {
        if (backward) {
            rectified.buffer().pin();
        }
    }

    /** Whether the plan is to run backward, too. */
    boolean runsBackward() {
        return backward;
    }

    /** The number of the current node. */
    int node() {
        return node;
    }

    /** Those of the current node; parameters stand in the order of the nodes. */
    List<Parameter> parametersOfNode() {
        int from = nextParameter;
        nextParameter = endOfNode(parameters, from);
        return parameters.subList(from, nextParameter);
    }

    /** Those of the current node. */
    List<Parameter> statisticsOfNode() {
        int from = nextStatistic;
        nextStatistic = endOfNode(statistics, from);
        return statistics.subList(from, nextStatistic);
    }

    private int endOfNode(List<Parameter> tensors, int from) {
        int end = from;
        while (end < tensors.size() && tensors.get(end).node() == node) {
            end++;
        }
        return end;
    }

    /** Whether a gradient at this node leads to the images or to a parameter. */
    private boolean differentiable(Node it, boolean learns) {
        return !(it.layer() instanceof Layer.Zero)
                && (learns || it.inputs().isEmpty() || it.inputs().stream().anyMatch(input -> differentiable[input]));
    }

    private void backward() {
        now = count;
        node = count - 1;
        contribute(node, tensor(network.output()));
        for (; node >= 0; node--) {
            now = 2 * count - node;
            List<Tensor> arrived = arrivals.get(node);
            if (!arrived.isEmpty()) {
                Step step = steps.get(node);
                Tensor gradient = arrived.getFirst();
                if (step.gathers()) {
                    step.differentiate(arrived, this);
                } else {
                    if (arrived.size() > 1) {
                        gradient = tensor(network.shapes().get(node));
                        merges.set(node, Optional.of(new Sum(this, arrived, gradient)));
                    }
                    step.differentiate(use(gradient), this);
                }
                gradients.set(node, Optional.of(gradient));
            }
        }
    }

    /** Kernels that the plan uses until it is closed. */
    <K extends Kernels> K kernels(Kernels.Specification<K> specification) {
        K kernels = acquire(specification);
        specifications.add(specification);
        if (kernels.scratchpadBytes() > scratchpadBytes) {
            scratchpadBytes = MemoryLayout.align(kernels.scratchpadBytes());
            scratchpadNode = node;
        }
        return kernels;
    }

    private <K extends Kernels> K acquire(Kernels.Specification<K> specification) {
        try {
            return PrimitiveCache.SHARED.acquire(specification);
        } catch (IllegalStateException e) {
            String layer = network.nodes().get(node).name();
            throw new IllegalStateException("layer '" + layer + "': " + e.getMessage(), e);
        }
    }

    /** Memory that the current node writes now. */
    Buffer reserve(long bytes) {
        return layout.reserve(node, bytes, now);
    }

    /** Feature maps that the current node writes now. */
    Tensor tensor(Shape shape) {
        Tensor tensor = new Tensor(batch, shape, reserve(batch * shape.elements() * Float.BYTES));
        tensors.add(tensor);
        return tensor;
    }

    /** The current node reads or writes it now. */
    Tensor use(Tensor tensor) {
        tensor.buffer().use(now);
        return tensor;
    }

    /** What an earlier node produces. */
    Tensor value(int index) {
        return values.get(index);
    }

    /** A gradient that the current node computes for one of its inputs; nothing if nobody needs it. */
    @Nullable
    Tensor gradientOf(int input) {
        if (!differentiable[input]) {
            return null;
        }
        Tensor gradient = tensor(network.shapes().get(input));
        contribute(input, gradient);
        return gradient;
    }

    /** Hands a gradient on; nodes may share the memory, and nobody writes it again. */
    void contribute(int target, Tensor gradient) {
        if (differentiable[target]) {
            arrivals.get(target).add(gradient);
        }
    }
}
