package io.phyla.evaluators.bench;

import io.phyla.evaluators.bench.LayerCost.Comparison;
import io.phyla.evaluators.bench.LayerCost.Time;
import io.phyla.evaluators.engine.Execution.Mode;
import io.phyla.evaluators.engine.Initialization;
import io.phyla.evaluators.engine.Plan;
import io.phyla.evaluators.engine.SplitMix;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Shape;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;

/**
 * Measures a layer program against batch normalisation with a rectifier, in turns, so that whatever else the machine does falls on
 * both alike.
 */
public final class LayerBench {

    /** Tensors of more elements than this take too long. */
    public static final long MOST_ELEMENTS = 1L << 21;

    private static final long LIMIT = 1L << 30;
    private static final int WARM_UPS = 3;
    private static final int LEAST = 7;
    private static final int MOST = 1000;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Shape shape;
    private final int batch;
    private final long budget;

    private LayerBench(Shape shape, int batch, long budget) {
        this.shape = shape;
        this.batch = batch;
        this.budget = budget;
    }

    /**
     * @param milliseconds of CPU time for each of the three comparisons, as far as the fewest runs allow
     * @throws IllegalArgumentException if the tensors are too large
     */
    public static LayerCost measure(LayerProgram program, Shape shape, int batch, long milliseconds) {
        if (batch * shape.elements() > MOST_ELEMENTS) {
            throw new IllegalArgumentException("a batch of " + batch + " times " + shape + " has "
                    + batch * shape.elements() + " elements, more than " + MOST_ELEMENTS);
        }
        return new LayerBench(shape, batch, milliseconds * 1_000_000).cost(program.pruned());
    }

    private LayerCost cost(LayerProgram program) {
        Network layer = alone(new Layer.Program(program));
        Network other = alone(Layer.BatchNormalization.DEFAULT, Layer.Activation.RELU);
        return new LayerCost(
                shape,
                batch,
                compare(layer, other, true),
                compare(layer, other, false),
                compare(
                        behindConvolution(new Layer.Program(program)),
                        behindConvolution(Layer.Activation.RELU),
                        false),
                Plan.bytes(layer, batch),
                Plan.bytes(other, batch));
    }

    private Network alone(Layer... layers) {
        Network.Builder network = new Network.Builder(shape);
        int last = 0;
        for (Layer each : layers) {
            last = network.add("layer" + (last + 1), each, last);
        }
        return network.build();
    }

    private Network behindConvolution(Layer layer) {
        return alone(new Layer.Convolution(shape.channels(), 3, 1, 1, 1, 1, true), layer);
    }

    private Comparison compare(Network layer, Network other, boolean training) {
        try (Plan first = plan(layer, training);
                Plan second = plan(other, training)) {
            double[] ours = new double[MOST];
            double[] theirs = new double[MOST];
            for (int i = 0; i < WARM_UPS; i++) {
                run(first, training);
                run(second, training);
            }
            int count = 0;
            long end = THREADS.getCurrentThreadCpuTime() + budget;
            while (count < MOST && (count < LEAST || THREADS.getCurrentThreadCpuTime() < end)) {
                ours[count] = milliseconds(first, training);
                theirs[count] = milliseconds(second, training);
                count++;
            }
            Time own = time(ours, count);
            Time reference = time(theirs, count);
            return new Comparison(own, reference, own.median() / reference.median());
        }
    }

    private Plan plan(Network network, boolean training) {
        Plan plan = training
                ? Plan.compile(network, batch, LIMIT)
                : Plan.compileForInference(network, batch, LIMIT);
        new Initialization(1).load(plan);
        fill(plan.imagesSegment());
        if (training) {
            plan.forward(Mode.TRAINING);
            fill(plan.outputGradientSegment());
        }
        return plan;
    }

    private static double milliseconds(Plan plan, boolean training) {
        long start = THREADS.getCurrentThreadCpuTime();
        run(plan, training);
        return (THREADS.getCurrentThreadCpuTime() - start) / 1e6;
    }

    private static void run(Plan plan, boolean training) {
        if (training) {
            plan.forward(Mode.TRAINING);
            plan.backwardToAll();
        } else {
            plan.forward(Mode.INFERENCE);
        }
    }

    private static Time time(double[] all, int count) {
        double[] sorted = Arrays.copyOf(all, count);
        Arrays.sort(sorted);
        double median = count % 2 == 1 ? sorted[count / 2] : (sorted[count / 2 - 1] + sorted[count / 2]) / 2;
        return new Time(median, sorted[count / 4], sorted[count - 1 - count / 4], count);
    }

    private static void fill(MemorySegment segment) {
        SplitMix random = new SplitMix(1);
        for (long i = 0; i < segment.byteSize() / Float.BYTES; i++) {
            segment.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) random.nextSigned());
        }
    }
}
