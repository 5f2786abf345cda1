package io.phyla.runs.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.runs.client.ServiceClient;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Trains one network from its file to its weights, through a service as {@code search} does. */
@Command(
        name = "train",
        description = "Trains a network and writes its weights and its learning curve as files.",
        mixinStandardHelpOptions = true)
public final class TrainCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private DataOptions data = new DataOptions();

    @Parameters(paramLabel = "NETWORK", description = NetworkSource.DESCRIPTION)
    private String network;

    @Option(names = "--epochs", paramLabel = "N", description = "Passes over the training images.")
    private Optional<Integer> epochs = Optional.empty();

    @Option(names = "--batch", paramLabel = "N", description = "Images per step.")
    private Optional<Integer> batch = Optional.empty();

    @Option(names = "--optimizer", paramLabel = "NAME", description = "sgd, adam, adamw or rmsprop.")
    private Optional<String> optimizer = Optional.empty();

    @Option(
            names = "--teacher",
            paramLabel = "NAME[=FILE]",
            description =
                    "A trained network to learn from beside the labels: its JSON file, registered as --data does.")
    private Optional<String> teacher = Optional.empty();

    @Option(
            names = "--teacher-weights",
            paramLabel = "NAME[=FILE]",
            description = "The teacher's weights, a safetensors file. What they count is set with --set"
                    + " temperature=4 and --set loss_weight=0.9.")
    private Optional<String> teacherWeights = Optional.empty();

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description =
                    "Any other parameter of /v1/schemas/training, such as learning_rate=0.05, steps=500, seed=7 or"
                            + " limits.bytes=1000000000; may be repeated.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where weights and curve are written (default: <data-dir>/exports/<training>).")
    private Optional<Path> out = Optional.empty();

    @Override
    public Integer call() throws Exception {
        ObjectNode document = TrainingDocuments.of(network);
        Map<String, String> all = new LinkedHashMap<>();
        data.name().ifPresent(name -> all.put("data", name));
        epochs.ifPresent(count -> all.put("epochs", count.toString()));
        batch.ifPresent(count -> all.put("batch", count.toString()));
        optimizer.ifPresent(name -> all.put("optimizer", name));
        teacher.ifPresent(source -> all.put("teacher.network", data.register("--teacher", source)));
        teacherWeights.ifPresent(source -> all.put("teacher.weights", data.register("--teacher-weights", source)));
        all.putAll(settings);
        all.forEach((key, value) -> TrainingDocuments.set(document, key, value));
        return ServiceUse.run(data, "the training", spec.commandLine(), address -> run(address, document.toString()));
    }

    private int run(URI address, String document) throws Exception {
        try (ServiceClient client = new ServiceClient(address)) {
            String id = client.train(document).path("id").asText();
            say("training " + id + ", watch it at " + address.resolve("/#/trainings/" + id));
            JsonNode end = Progress.follow(
                    () -> client.training(id),
                    TrainingLine::of,
                    spec.commandLine().getErr());
            if (end.hasNonNull("halted")) {
                throw new IllegalStateException(
                        "the training stands still: " + end.path("halted").asText());
            }
            Path directory = out.orElse(data.directory.resolve("exports").resolve(id));
            boolean finished = "finished".equals(end.path("state").asText());
            TrainingFiles.write(client, end, directory);
            say((finished ? "trained: " : end.path("ended_by").asText() + ": ")
                    + (finished ? "weights.safetensors, " : "") + "curve.csv and result.json in " + directory);
            return finished ? 0 : 1;
        }
    }

    private void say(String line) {
        PrintWriter writer = spec.commandLine().getOut();
        writer.println(line);
        writer.flush();
    }
}
