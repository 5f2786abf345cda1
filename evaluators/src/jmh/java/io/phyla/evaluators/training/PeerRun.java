package io.phyla.evaluators.training;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.evaluators.data.Cifar;
import io.phyla.evaluators.data.Dataset;
import io.phyla.evaluators.data.stream.BatchStream;
import io.phyla.evaluators.data.stream.ImageBatch;
import io.phyla.search.document.Parameters;
import io.phyla.search.training.CurvePoint;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.NetworkJson;
import io.phyla.spaces.schema.Json;
import io.phyla.spaces.zoo.ResNet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Our side of the comparison of a ResNet-20's training with PyTorch's: {@code FILE DIRECTORY} writes the network, its first
 * weights, twenty batches and the losses of as many steps; {@code FILE EPOCHS SEED} trains and prints the accuracy.
 */
public final class PeerRun {

    private static final long LIMIT = 4L << 30;
    private static final int BATCH = 64;
    private static final int FIRST_STEPS = 20;

    /** At the usual 0.1 rounding alone takes the losses apart: PyTorch in float and in double differ by 0.06 at the fourth. */
    private static final double GENTLE = 0.0005;

    private PeerRun() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Path file = Path.of(args[0]);
        Dataset data = Cifar.read("cifar10", file, "of no interest here");
        if (args.length == 2) {
            firstSteps(data, Path.of(args[1]));
        } else {
            train(data, Integer.parseInt(args[1]), Long.parseLong(args[2]));
        }
    }

    private static TrainingParameters parameters(long seed) {
        ObjectNode json = Json.MAPPER.createObjectNode().put("data", "cifar10").put("seed", seed);
        ObjectNode recipe = json.putObject("recipe");
        recipe.put("batch", BATCH).put("learning_rate", 0.1);
        recipe.putObject("augmentation").put("crop", 4).put("flip", true);
        return Parameters.read(json, TrainingParameters.class);
    }

    private static void firstSteps(Dataset data, Path directory) throws IOException, InterruptedException {
        ObjectNode json = (ObjectNode) Json.MAPPER.valueToTree(parameters(1));
        json.put("curve_steps", 1).put("steps", FIRST_STEPS);
        ((ObjectNode) json.path("recipe")).put("learning_rate", GENTLE);
        TrainingParameters parameters = Parameters.read(json, TrainingParameters.class);
        Network network = ResNet.ofDepth(20, 10);
        Files.createDirectories(directory);
        Files.writeString(
                directory.resolve("network.json"), NetworkJson.write(network).toString());
        writeBatches(data, network, parameters, directory.resolve("batches.jsonl"));
        StringBuilder losses = new StringBuilder();
        try (Trainer trainer = Trainer.open(network, parameters, data, LIMIT)) {
            trainer.exportWeights(directory.resolve("first.safetensors"));
            while (!trainer.done()) {
                CurvePoint point = trainer.advance();
                losses.append(Json.MAPPER.writeValueAsString(point)).append('\n');
            }
        }
        Files.writeString(directory.resolve("losses.jsonl"), losses.toString());
    }

    /** N,H,W,C as the stream has them, in text: floats survive it unchanged. */
    private static void writeBatches(Dataset data, Network network, TrainingParameters parameters, Path file)
            throws IOException, InterruptedException {
        Recipe recipe = parameters.recipe();
        try (BatchStream stream = BatchStream.training(
                        data, recipe.batch(), network.input().height(), recipe.augmentation(), parameters.seed(), 0);
                var out = Files.newBufferedWriter(file)) {
            for (int step = 0; step < FIRST_STEPS; step++) {
                ImageBatch batch = stream.next().orElseThrow();
                ObjectNode line = Json.MAPPER.createObjectNode();
                line.set("labels", Json.MAPPER.valueToTree(batch.labels()));
                line.set(
                        "images",
                        Json.MAPPER.valueToTree(batch.images().toArray(java.lang.foreign.ValueLayout.JAVA_FLOAT)));
                out.write(line.toString());
                out.newLine();
            }
        }
    }

    private static void train(Dataset data, int epochs, long seed) {
        ObjectNode json = (ObjectNode) Json.MAPPER.valueToTree(parameters(seed));
        TrainingParameters parameters = Parameters.read(json.put("epochs", epochs), TrainingParameters.class);
        long start = System.nanoTime();
        try (Trainer trainer = Trainer.open(ResNet.ofDepth(20, 10), parameters, data, LIMIT)) {
            while (!trainer.done()) {
                CurvePoint point = trainer.advance();
                if (point.validationAccuracy() != null) {
                    System.out.printf(
                            "{\"seed\": %d, \"epoch\": %.2f, \"loss\": %.4f, \"accuracy\": %.4f, \"seconds\": %.0f}%n",
                            seed,
                            point.epoch(),
                            point.trainingLoss(),
                            100 * Objects.requireNonNull(point.validationAccuracy()),
                            (System.nanoTime() - start) / 1e9);
                }
            }
        }
    }
}
