package io.phyla.runs.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.runs.client.ServiceClient;
import io.phyla.runs.client.ServiceClient.Uploaded;
import io.phyla.runs.service.Announcement;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends a model or a data set to the running service. */
@Command(
        name = "upload",
        description = "Sends a model (ONNX) or a data set to the running service.",
        mixinStandardHelpOptions = true)
public final class UploadCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    /** What is sent. */
    enum Kind {
        MODEL("/v1/models"),
        DATA("/v1/data");

        private final String path;

        Kind(String path) {
            this.path = path;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The file's name without its ending; of data in the letters that documents may use. */
        String name(Path file) {
            String name = file.getFileName().toString();
            return switch (this) {
                case MODEL -> name.replaceFirst("(?i)\\.onnx$", "");
                case DATA ->
                    name.toLowerCase(Locale.ROOT)
                            .replaceFirst("(\\.(zip|npz|bin|gz))+$", "")
                            .replaceAll("[^a-z0-9_.-]+", "-")
                            .replaceFirst("^[^a-z0-9]+", "");
            };
        }
    }

    @Parameters(index = "0", paramLabel = "KIND", description = "model or data.")
    private Kind kind = Kind.MODEL;

    @Parameters(index = "1", paramLabel = "FILE", description = "The file.")
    private Path file = Path.of("");

    @Option(names = "--name", paramLabel = "NAME", description = "What it is called (default: the file's name).")
    private Optional<String> name = Optional.empty();

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            defaultValue = "runs/data",
            description = "Data directory of the service (default: ${DEFAULT-VALUE}).")
    private Path directory = Path.of("runs/data");

    @Override
    public Integer call() throws Exception {
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString());
        }
        Announcement running = Announcement.find(directory)
                .orElseThrow(() -> new IllegalStateException(
                        "no service runs on " + directory + "; start one with 'phyla serve', or say --data-dir"));
        try (ServiceClient client = new ServiceClient(running.address())) {
            Uploaded uploaded = client.upload(kind.path, name.orElseGet(() -> kind.name(file)), file);
            JsonNode item = uploaded.item();
            PrintWriter out = spec.commandLine().getOut();
            out.println(item.path("name").asText() + "@" + item.path("id").asText()
                    + (uploaded.fresh() ? "" : " (was here already)"));
            item.path("notes").forEach(note -> out.println("  " + note.asText()));
            out.flush();
            return 0;
        }
    }
}
