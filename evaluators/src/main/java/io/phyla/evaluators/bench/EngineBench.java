package io.phyla.evaluators.bench;

import io.phyla.evaluators.engine.Execution.Mode;
import io.phyla.evaluators.engine.Initialization;
import io.phyla.evaluators.engine.Plan;
import io.phyla.evaluators.engine.SplitMix;
import io.phyla.evaluators.training.loss.CrossEntropy;
import io.phyla.evaluators.training.loss.Targets;
import io.phyla.evaluators.training.optimizer.Optimizer;
import io.phyla.evaluators.training.optimizer.Sgd;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.NetworkCost;
import io.phyla.spaces.design.Shape;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Measures the engine subject by subject, on one thread. */
public final class EngineBench {

    private static final long LIMIT = 4L << 30;
    private static final int MATRIX = 1024;

    private final Stopwatch stopwatch;

    /** @param milliseconds of CPU time spent on each figure */
    public EngineBench(long milliseconds) {
        stopwatch = new Stopwatch(10, milliseconds * 1_000_000, 7);
    }

    /** Everything that can be measured: layers, then networks. */
    public static List<Subject> subjects() {
        return Stream.concat(Subjects.layers().stream(), Networks.all().stream())
                .toList();
    }

    /** Operations per second of a product of square matrices in units of 10^9: what the machine can do at best. */
    public double peak() {
        try (Plan plan = Plan.compile(product(), MATRIX, LIMIT)) {
            new Initialization(1).load(plan);
            fill(plan.imagesSegment());
            return 2.0 * MATRIX * MATRIX * MATRIX / stopwatch.milliseconds(() -> plan.forward(Mode.INFERENCE)) / 1e6;
        }
    }

    /** A linear layer is a product of matrices by the same library that runs everything else. */
    private static Network product() {
        Network.Builder network = new Network.Builder(new Shape(MATRIX, 1, 1));
        network.add("product", new Layer.Linear(MATRIX, false), 0);
        return network.build();
    }

    public Figure measure(Subject subject) {
        try (Plan plan = Plan.compile(subject.network(), subject.batch(), LIMIT)) {
            new Initialization(1).load(plan);
            fill(plan.imagesSegment());
            plan.forward(Mode.TRAINING);
            fill(plan.outputGradientSegment());
            double forward = stopwatch.milliseconds(() -> plan.forward(Mode.TRAINING));
            double whole = subject.step()
                    ? step(plan)
                    : stopwatch.milliseconds(() -> {
                        plan.forward(Mode.TRAINING);
                        plan.backwardToAll();
                    });
            return new Figure(subject.name(), forward, whole, gigaflop(subject));
        }
    }

    /** Forward, cross-entropy, backward to the parameters, moving statistics, stochastic gradient descent with momentum. */
    private double step(Plan plan) {
        int classes = Math.toIntExact(plan.network().output().elements());
        Targets targets = Targets.of(
                IntStream.range(0, plan.batch()).map(i -> i % classes).toArray());
        CrossEntropy loss = new CrossEntropy(classes, 0);
        try (Optimizer optimizer = new Optimizer(new Sgd(0.9, false), 5e-4, true, plan)) {
            return stopwatch.milliseconds(() -> {
                plan.forward(Mode.TRAINING);
                loss.compute(plan.outputSegment(), targets, MemorySegment.NULL, plan.outputGradientSegment());
                plan.backwardToParameters();
                plan.track();
                optimizer.step(1e-4, 1);
            });
        }
    }

    private static double gigaflop(Subject subject) {
        return 3 * 2 * (double) NetworkCost.of(subject.network()).macs() * subject.batch() / 1e9;
    }

    private static void fill(MemorySegment segment) {
        SplitMix random = new SplitMix(1);
        for (long i = 0; i < segment.byteSize() / Float.BYTES; i++) {
            segment.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) random.nextSigned());
        }
    }
}
