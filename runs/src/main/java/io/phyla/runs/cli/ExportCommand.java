package io.phyla.runs.cli;

import io.phyla.runs.client.ServiceClient;
import io.phyla.runs.service.Announcement;
import io.phyla.runs.service.Service;
import io.phyla.runs.service.ServiceOptions;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes one candidate, a search's whole front, everything of a search, a training or an uploaded model as files. */
@Command(
        name = "export",
        description =
                "Writes a candidate, the best ones of a search, all of a search, a training or an uploaded model as"
                        + " files.",
        mixinStandardHelpOptions = true)
public final class ExportCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", arity = "0..1", paramLabel = "SEARCH", description = "The search's id.")
    private Optional<String> search = Optional.empty();

    @Parameters(index = "1", arity = "0..1", paramLabel = "NUMBER", description = "One candidate (default: the front).")
    private Optional<Long> number = Optional.empty();

    @Option(
            names = "--all",
            description =
                    "The whole search as one zip file: document, journal, front in all formats, report, checksums.")
    private boolean all;

    @Option(
            names = "--training",
            paramLabel = "ID",
            description = "A training instead of a search; with SEARCH and NUMBER, that candidate with its weights.")
    private Optional<String> training = Optional.empty();

    @Option(names = "--model", paramLabel = "ID", description = "An uploaded model instead of a search.")
    private Optional<String> model = Optional.empty();

    @Option(
            names = "--format",
            defaultValue = "json",
            description = "onnx, pytorch, safetensors, json, graphviz, svg, report, of layers also layer and keras;"
                    + " /v1/exporters lists them"
                    + " (default: json).")
    private String format = "json";

    @Option(names = "--opset", paramLabel = "N", description = "Of the format onnx: version of the operator set.")
    private Optional<Integer> opset = Optional.empty();

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Any other option of the format, such as fold_batch_norm=true; may be repeated.")
    private Map<String, String> options = new LinkedHashMap<>();

    @Option(names = "--out", paramLabel = "DIR", defaultValue = ".", description = "Where to (default: here).")
    private Path out = Path.of(".");

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            defaultValue = "runs/data",
            description = "Directory of the database (default: ${DEFAULT-VALUE}).")
    private Path directory = Path.of("runs/data");

    @Override
    public Integer call() throws Exception {
        check();
        Optional<Announcement> running = Announcement.find(directory);
        if (running.isPresent()) {
            return export(running.get().address());
        }
        if (!Files.isDirectory(directory)) {
            throw new IllegalArgumentException(
                    "there is no directory " + directory + "; --data-dir says where the data is");
        }
        ServiceOptions options = new ServiceOptions(directory, "127.0.0.1", 0, "inline", Map.of(), List.of(), false);
        try (Service service = Service.start(options)) {
            return export(service.address());
        }
    }

    private int export(URI address) throws Exception {
        try (ServiceClient client = new ServiceClient(address)) {
            files(client).forEach(file -> spec.commandLine().getOut().println(file));
            return 0;
        }
    }

    private List<Path> files(ServiceClient client) throws Exception {
        Map<String, String> chosen = new LinkedHashMap<>(options);
        opset.ifPresent(version -> chosen.put("opset", version.toString()));
        if (search.isPresent()) {
            training.ifPresent(id -> chosen.put("training", id));
        }
        Exports exports = new Exports(client, format, chosen, out);
        if (search.isEmpty()) {
            return List.of(model.isPresent() ? exports.model(model.get()) : exports.training(training.orElseThrow()));
        }
        if (all) {
            return List.of(exports.search(search.get()));
        }
        return number.isPresent()
                ? List.of(exports.candidate(search.get(), number.get()))
                : exports.front(search.get());
    }

    private void check() {
        if (search.isEmpty() && training.isEmpty() && model.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "what is to be exported: SEARCH, --training ID, or --model ID");
        }
        if (model.isPresent() && (search.isPresent() || training.isPresent() || all)) {
            throw new ParameterException(spec.commandLine(), "--model goes alone");
        }
        if (search.isEmpty() && all || all && (number.isPresent() || training.isPresent())) {
            throw new ParameterException(spec.commandLine(), "--all goes with SEARCH alone");
        }
        if (search.isPresent() && training.isPresent() && number.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "--training goes with one candidate of a search, or alone");
        }
    }
}
