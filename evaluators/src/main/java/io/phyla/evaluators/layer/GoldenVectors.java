package io.phyla.evaluators.layer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.evaluators.export.ProgramOutline;
import io.phyla.evaluators.program.ReferenceProgram;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.Operation.Moment;
import io.phyla.spaces.design.Shape;
import io.phyla.spaces.schema.Json;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Inputs and what comes of them, so that whoever runs the layer elsewhere can check it: input, tensors and the gradient that
 * arrives from above; output in training and in evaluation, gradients of the input and of every learned tensor, and the moving
 * averages after one step. In double, arrays flat in the order N,C,H,W; null stands for what is not finite.
 */
public final class GoldenVectors {

    private static final int BATCH = 2;
    private static final long SEED = 20_04_02967;

    private final Trial trial;
    private final LayerProgram program;

    private GoldenVectors(LayerProgram program) {
        this.program = program;
        trial = Trial.of(program, BATCH, ProgramOutline.exemplary(program), SEED);
    }

    public static ObjectNode of(LayerProgram program) {
        return new GoldenVectors(program).json();
    }

    private ObjectNode json() {
        List<Integer> moments = program.batchMoments();
        double[][] moving = moving(moments);
        double[] x = trial.images();
        double[] upstream = trial.upstream();
        ReferenceProgram reference = trial.reference();
        double[] evaluated = reference.infer(x, trial.vectors(), trial.scale(), trial.shift(), moving);
        double[] trained = trial.forward(reference, x);
        double[][] found = reference.batchMoments();
        ReferenceProgram.Gradients gradients = reference.backward(upstream);

        ObjectNode json = Json.MAPPER.createObjectNode().put("format", "phyla-golden-1");
        Shape shape = trial.shape();
        ArrayNode dimensions = json.putArray("shape");
        List.of(BATCH, shape.channels(), shape.height(), shape.width()).forEach(dimensions::add);
        json.put("epsilon", program.epsilon()).put("momentum", Layer.Program.MOMENTUM);
        tensors(json.putObject("parameters"), trial.vectors(), trial.scale(), trial.shift());
        ObjectNode before = json.putObject("moving_averages");
        for (int i = 0; i < moving.length; i++) {
            before.set("moment" + moments.get(i), Numbers.json(moving[i]));
        }
        json.set("x", Numbers.json(x));
        json.set("upstream", Numbers.json(upstream));
        json.putObject("evaluation").set("output", Numbers.json(evaluated));
        ObjectNode training = json.putObject("training");
        training.set("output", Numbers.json(trained));
        ObjectNode slopes = training.putObject("gradients");
        slopes.set("x", Numbers.json(gradients.x()));
        tensors(slopes.putObject("parameters"), gradients.vectors(), gradients.scale(), gradients.shift());
        ObjectNode after = training.putObject("moving_averages");
        for (int i = 0; i < moving.length; i++) {
            after.set("moment" + moments.get(i), Numbers.json(moved(moving[i], found[i])));
        }
        return json;
    }

    private void tensors(ObjectNode json, double[][] vectors, double[] scale, double[] shift) {
        for (int i = 0; i < vectors.length; i++) {
            json.set(program.vectors().get(i).name(), Numbers.json(vectors[i]));
        }
        if (program.affine()) {
            json.set("scale", Numbers.json(scale));
            json.set("shift", Numbers.json(shift));
        }
    }

    private double[][] moving(List<Integer> moments) {
        SplittableRandom random = new SplittableRandom(SEED + 3);
        return moments.stream()
                .map(moment -> {
                    boolean mean = program.node(moment).operation().moment() == Moment.MEAN;
                    return Numbers.uniform(trial.shape().channels(), mean ? -0.5 : 0.5, mean ? 0.5 : 1.5, random);
                })
                .toArray(double[][]::new);
    }

    private static double[] moved(double[] average, double[] found) {
        double[] moved = new double[average.length];
        for (int i = 0; i < moved.length; i++) {
            moved[i] = (1 - Layer.Program.MOMENTUM) * average[i] + Layer.Program.MOMENTUM * found[i];
        }
        return moved;
    }
}
