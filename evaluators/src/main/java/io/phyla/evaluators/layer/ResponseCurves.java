package io.phyla.evaluators.layer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.evaluators.program.ReferenceProgram;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.LayerProgram.Node;
import io.phyla.spaces.design.LayerProgram.Vector;
import io.phyla.spaces.design.Operation;
import io.phyla.spaces.design.Shape;
import io.phyla.spaces.schema.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a layer makes of one element: f(x) and its slope on a grid, all tensors being what they are before training. A layer
 * without moments is a function of its element alone, and has one curve. With moments f is seen while all other elements are a
 * normal sample with a given mean and standard deviation: moments over whichever set are taken of that sample and stand still
 * while x, one of very many, moves. The sample is the quantiles of the normal distribution, scaled so that its mean and its
 * deviation are exact.
 */
public final class ResponseCurves {

    private static final int SAMPLE = 512;
    private static final int POINTS = 121;
    private static final int MOST_HELD = 100;

    /** How far from 0 the grid goes. */
    static final double REACH = 6;

    private static final double[][] MOMENTS = {{0, 1}, {0, 3}, {1, 1}, {-2, 0.5}};

    private ResponseCurves() {}

    /**
     * A curve.
     *
     * @param mean of the sample around x; NaN for layers without moments
     * @param deviation of that sample
     */
    public record Curve(String name, double mean, double deviation, double[] x, double[] y, double[] slope) {

        ObjectNode json() {
            ObjectNode json = Json.MAPPER.createObjectNode().put("name", name);
            ObjectNode moments = json.putObject("moments");
            if (!Double.isNaN(mean)) {
                moments.put("mean", mean).put("std", deviation);
            }
            json.set("x", Numbers.json(x));
            json.set("y", Numbers.json(y));
            json.set("slope", Numbers.json(slope));
            return json;
        }
    }

    public static ArrayNode json(List<Curve> curves) {
        ArrayNode json = Json.MAPPER.createArrayNode();
        curves.forEach(each -> json.add(each.json()));
        return json;
    }

    /** None of a program with more moments than can be held still. */
    public static List<Curve> of(LayerProgram whole) {
        LayerProgram program = whole.pruned();
        long moments = program.nodes().stream()
                .filter(node -> node.operation().axes() != null)
                .count();
        if (moments + program.vectors().size() > MOST_HELD) {
            return List.of();
        } else if (moments == 0) {
            return List.of(curve(program, new double[0], "f(x)", Double.NaN, Double.NaN));
        }
        double[] normal = normal();
        return Arrays.stream(MOMENTS)
                .map(each -> curve(program, around(normal, each[0], each[1]), name(each), each[0], each[1]))
                .toList();
    }

    private static String name(double[] moments) {
        return "mean " + Json.MAPPER.valueToTree(moments[0]) + ", std " + Json.MAPPER.valueToTree(moments[1]);
    }

    private static double[] around(double[] normal, double mean, double deviation) {
        return Arrays.stream(normal).map(z -> mean + deviation * z).toArray();
    }

    private static Curve curve(LayerProgram program, double[] sample, String name, double mean, double deviation) {
        LayerProgram still = still(program, sample);
        double[] x = new double[POINTS];
        for (int i = 0; i < POINTS; i++) {
            x[i] = Math.rint((2.0 * i / (POINTS - 1) - 1) * REACH * 1e6) / 1e6;
        }
        ReferenceProgram reference = new ReferenceProgram(still, 1, new Shape(1, 1, POINTS));
        double[] y = forward(reference, still, x);
        double[] ones = new double[POINTS];
        Arrays.fill(ones, 1);
        return new Curve(name, mean, deviation, x, y, reference.backward(ones).x());
    }

    private static double[] forward(ReferenceProgram reference, LayerProgram program, double[] x) {
        return reference.forward(
                x, ReferenceProgram.initialVectors(program, 1), new double[] {1}, new double[] {0});
    }

    /** The program with every moment replaced by what it is of the sample, as a vector. */
    private static LayerProgram still(LayerProgram program, double[] sample) {
        ReferenceProgram reference = new ReferenceProgram(program, 1, new Shape(1, 1, Math.max(1, sample.length)));
        if (sample.length > 0) {
            forward(reference, program, sample);
        }
        List<Vector> vectors = new ArrayList<>(program.vectors());
        List<Integer> moments = new ArrayList<>();
        for (int value = program.firstNode(); value < program.values(); value++) {
            double[] taken = program.node(value).operation().axes() == null ? null : reference.value(value);
            if (taken != null) {
                moments.add(value);
                vectors.add(new Vector("held_moment_" + value, Double.isFinite(taken[0]) ? taken[0] : 0));
            }
        }
        int[] moved = new int[program.values()];
        List<Node> nodes = new ArrayList<>();
        for (int value = 0; value < moved.length; value++) {
            int moment = moments.indexOf(value);
            if (moment >= 0) {
                moved[value] = program.firstNode() + moment;
            } else if (program.isNode(value)) {
                Operation operation = program.node(value).operation();
                nodes.add(new Node(
                        operation,
                        program.node(value).inputs().stream().map(input -> moved[input]).toList()));
                moved[value] = LayerProgram.FIRST_VECTOR + vectors.size() + nodes.size() - 1;
            } else {
                moved[value] = value;
            }
        }
        return new LayerProgram(
                vectors, nodes, moved[program.output()], program.affine(), program.groupSize(), program.epsilon());
    }

    /** Quantiles of the standard normal distribution in the middle of equal shares, with mean 0 and mean square 1. */
    private static double[] normal() {
        double[] quantiles = new double[SAMPLE];
        double step = 1e-4;
        double area = 0;
        double z = -REACH;
        for (int i = 0; i < SAMPLE; i++) {
            double share = (i + 0.5) / SAMPLE;
            while (area < share && z < REACH) {
                area += step * density(z + step / 2);
                z += step;
            }
            quantiles[i] = z;
        }
        double mean = Arrays.stream(quantiles).average().orElse(0);
        double square = Arrays.stream(quantiles).map(q -> (q - mean) * (q - mean)).average().orElse(1);
        return Arrays.stream(quantiles).map(q -> (q - mean) / Math.sqrt(square)).toArray();
    }

    private static double density(double z) {
        return StrictMath.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
    }
}
