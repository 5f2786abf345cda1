package io.phyla.evaluators.engine;

import io.phyla.evaluators.engine.Execution.Mode;
import io.phyla.evaluators.engine.Step.Wanted;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.NetworkCost;
import io.phyla.spaces.nb201.CellString;
import io.phyla.spaces.nb201.Nb201Parameters;
import io.phyla.spaces.nb201.Nb201Space;
import io.phyla.spaces.zoo.MobileNetV2;
import io.phyla.spaces.zoo.ResNet;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where the time of a training step goes: milliseconds of each node's forward and backward run, its speed and share, and the
 * sums over kinds of layers. Arguments: a network, then how many runs (100); the smallest time of each counts.
 */
public final class PlanProfile {

    private static final int BATCH = 64;
    private static final String CELL =
            "|nor_conv_3x3~0|+|nor_conv_3x3~0|nor_conv_3x3~1|+|skip_connect~0|nor_conv_3x3~1|nor_conv_1x1~2|";

    private final Network network;
    private final Plan plan;
    private final double[] forward;
    private final double[] backward;

    private PlanProfile(Network network, Plan plan) {
        this.network = network;
        this.plan = plan;
        forward = new double[network.nodes().size()];
        backward = new double[forward.length];
        Arrays.fill(forward, Double.MAX_VALUE);
        Arrays.fill(backward, Double.MAX_VALUE);
    }

    static void main(String[] arguments) {
        Network network = network(arguments[0]);
        int runs = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100;
        try (Plan plan = Plan.compile(network, BATCH, 8L << 30)) {
            new Initialization(1).load(plan);
            SplitMix random = new SplitMix(1);
            for (int i = 0; i < BATCH * network.input().elements(); i++) {
                Lanes.set(plan.imagesSegment(), i, (float) random.nextSigned());
            }
            PlanProfile profile = new PlanProfile(network, plan);
            double step = profile.steps(runs);
            for (int run = 0; run < runs; run++) {
                profile.run();
            }
            profile.print(step);
        }
    }

    private static Network network(String name) {
        return switch (name) {
            case "resnet-8" -> ResNet.ofDepth(8, 10);
            case "resnet-20" -> ResNet.ofDepth(20, 10);
            case "mobilenet" -> MobileNetV2.forSmallImages(0.5, 10).build();
            case "mobilenet-relu" ->
                MobileNetV2.forSmallImages(0.5, 10)
                        .withActivation(Layer.Activation.Function.RELU)
                        .build();
            case "cells" -> new Nb201Space(new Nb201Parameters(16, 1, 10, 32)).decode(CellString.parse(CELL));
            case "cells-5" -> new Nb201Space(new Nb201Parameters(16, 5, 10, 32)).decode(CellString.parse(CELL));
            default ->
                throw new IllegalArgumentException(
                        "'" + name + "' is none of resnet-8, resnet-20, mobilenet, mobilenet-relu, cells, cells-5");
        };
    }

    /** The smallest time of a whole step, after others that let the compiler do its work. */
    private double steps(int runs) {
        double best = Double.MAX_VALUE;
        for (int run = 0; run < 2 * runs; run++) {
            long start = System.nanoTime();
            plan.forward(Mode.TRAINING);
            slope();
            plan.backwardToParameters();
            best = Math.min(best, (System.nanoTime() - start) / 1e6);
        }
        return best;
    }

    /** Memory of the output's gradient is not its own for the whole run. */
    private void slope() {
        for (int i = 0; i < BATCH * network.output().elements(); i++) {
            Lanes.set(plan.outputGradientSegment(), i, i % 2 == 0 ? 0.01f : -0.02f);
        }
    }

    private void run() {
        Blueprint blueprint = plan.blueprint();
        for (int node = 0; node < forward.length; node++) {
            long start = System.nanoTime();
            blueprint.steps().get(node).forward(Mode.TRAINING);
            forward[node] = Math.min(forward[node], (System.nanoTime() - start) / 1e6);
        }
        slope();
        for (int node = forward.length - 1; node > 0; node--) {
            long start = System.nanoTime();
            if (blueprint.gradients().get(node).isPresent()) {
                blueprint.merges().get(node).ifPresent(merge -> merge.run(Mode.TRAINING));
                blueprint.steps().get(node).backward(Mode.TRAINING, new Wanted(true, false));
            }
            backward[node] = Math.min(backward[node], (System.nanoTime() - start) / 1e6);
        }
    }

    private void print(double step) {
        double all = Arrays.stream(forward).sum()
                + Arrays.stream(backward, 1, backward.length).sum();
        Map<String, double[]> kinds = new TreeMap<>();
        for (int node = 1; node < forward.length; node++) {
            Network.Node it = network.nodes().get(node);
            double gigaflop = 2e-9 * BATCH * NetworkCost.macs(network, node);
            double own = forward[node] + backward[node];
            System.out.printf(
                    Locale.ROOT,
                    "%-32s %-14s %7.3f ms %7.3f ms %6.1f %6.1f GFLOP/s %5.1f %%%n",
                    it.name(),
                    network.shapes().get(node),
                    forward[node],
                    backward[node],
                    gigaflop / forward[node] * 1e3,
                    2 * gigaflop / backward[node] * 1e3,
                    100 * own / all);
            double[] kind = kinds.computeIfAbsent(kind(it.layer()), _ -> new double[2]);
            kind[0] += forward[node];
            kind[1] += backward[node];
        }
        kinds.forEach((kind, times) -> System.out.printf(
                Locale.ROOT,
                "%-32s %7.3f ms %7.3f ms %5.1f %%%n",
                kind,
                times[0],
                times[1],
                100 * (times[0] + times[1]) / all));
        System.out.printf(Locale.ROOT, "nodes %.3f ms, whole step %.3f ms%n", all, step);
    }

    private static String kind(Layer layer) {
        if (layer instanceof Layer.Convolution convolution) {
            return (convolution.groups() > 1 ? "Grouped" : "Dense") + " " + convolution.kernel();
        }
        return layer.getClass().getSimpleName();
    }
}
