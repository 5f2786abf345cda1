package io.phyla.runs.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.NetworkCost;
import io.phyla.spaces.design.NetworkJson;
import io.phyla.spaces.evonorm.ReadyLayers;
import io.phyla.spaces.program.Placement;
import io.phyla.spaces.program.ProgramJson;
import io.phyla.spaces.schema.Nearest;
import io.phyla.spaces.schema.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts a normalisation-activation layer into a network, without a service. */
@Command(
        name = "place",
        description = "Puts a normalisation-activation layer into a network in place of every normalisation with an"
                + " activation, and writes the network.",
        mixinStandardHelpOptions = true)
public final class PlaceCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "NETWORK", description = NetworkSource.DESCRIPTION)
    private String network;

    @Parameters(
            index = "1",
            paramLabel = "LAYER",
            description = "A published layer such as evonorm_s0, or a layer's program as a JSON file.")
    private String layer;

    @Option(
            names = "--activation",
            description = "Replaces activations only and leaves the normalisations; for layers without moments.")
    private boolean activation;

    @Option(
            names = "--group-size",
            paramLabel = "N",
            description = "Channels of a group (default: the program's; published layers have 32 groups).")
    private Optional<Integer> groupSize = Optional.empty();

    @Option(names = "--classes", paramLabel = "N", description = "Of a network of the zoo (default: as published).")
    private Optional<Integer> classes = Optional.empty();

    @Option(names = "--output", paramLabel = "FILE", description = "Where to (default: standard output).")
    private Optional<Path> output = Optional.empty();

    @Override
    public Integer call() throws IOException {
        output.map(file -> file.toAbsolutePath().getParent())
                .filter(parent -> !Files.isDirectory(parent))
                .ifPresent(parent -> {
                    throw new IllegalArgumentException("--output: there is no directory " + parent);
                });
        Network before = NetworkJson.read(NetworkSource.read(network, classes));
        LayerProgram program = grouped(program());
        Network after = activation ? Placement.activation(before, program) : Placement.place(before, program);
        String text = NetworkJson.write(after).toPrettyString();
        if (output.isPresent()) {
            Files.writeString(output.get(), text + "\n");
        } else {
            spec.commandLine().getOut().println(text);
            spec.commandLine().getOut().flush();
        }
        report(before, after, program);
        return 0;
    }

    private LayerProgram program() throws IOException {
        if (ReadyLayers.all().containsKey(layer)) {
            return ReadyLayers.program(layer);
        }
        if (!Files.exists(Path.of(layer))) {
            throw new IllegalArgumentException("there is no file " + layer + ", and "
                    + Nearest.unknown("layer", layer, ReadyLayers.all().keySet()));
        }
        JsonNode json = NetworkSource.json(Path.of(layer), "a layer's program");
        boolean inside = json.path("program").isObject();
        List<Problem> problems = new ArrayList<>();
        LayerProgram program =
                ProgramJson.read(inside ? json.get("program") : json, inside ? "/program" : "", problems);
        if (program == null) {
            throw new IllegalArgumentException(layer + " is no layer's program: "
                    + problems.stream()
                            .map(each -> (each.pointer() + " " + each.detail()).strip())
                            .collect(Collectors.joining("; ")));
        }
        return program;
    }

    private LayerProgram grouped(LayerProgram program) {
        return groupSize
                .map(size -> new LayerProgram(
                        program.vectors(),
                        program.nodes(),
                        program.output(),
                        program.affine(),
                        size,
                        program.epsilon()))
                .orElse(program);
    }

    private void report(Network before, Network after, LayerProgram program) {
        int places = activation ? Placement.activations(before) : Placement.pairs(before);
        var err = spec.commandLine().getErr();
        err.printf(
                Locale.ROOT,
                "%d %s replaced; %,d parameters, were %,d%n",
                places,
                activation ? "activations" : "pairs of normalisation and activation",
                NetworkCost.of(after).params(),
                NetworkCost.of(before).params());
        if (!activation && !program.takesMoments()) {
            err.println("the layer takes no moments, so that nothing in the network is normalised now;"
                    + " --activation leaves the normalisations");
        }
        err.flush();
    }
}
