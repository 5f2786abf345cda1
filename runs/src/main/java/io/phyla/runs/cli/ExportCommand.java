package io.phyla.runs.cli;

import io.phyla.runs.client.ServiceClient;
import io.phyla.runs.service.Announcement;
import io.phyla.runs.service.Service;
import io.phyla.runs.service.ServiceOptions;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes one candidate, or a search's whole front, as files. */
@Command(
        name = "export",
        description = "Writes a candidate, or the best ones of a search, as files.",
        mixinStandardHelpOptions = true)
public final class ExportCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "SEARCH", description = "The search's id.")
    private String search;

    @Parameters(index = "1", arity = "0..1", paramLabel = "NUMBER", description = "One candidate (default: the front).")
    private Optional<Long> number = Optional.empty();

    @Option(names = "--format", defaultValue = "json", description = "Exporter (default: json).")
    private String format = "json";

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
            List<Path> files = number.isPresent()
                    ? List.of(Exports.candidate(client, search, number.get(), format, out))
                    : Exports.front(client, search, format, out);
            files.forEach(file -> spec.commandLine().getOut().println(file));
            return 0;
        }
    }
}
