package io.phyla.runs.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.runs.client.ServiceClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Runs one search from document to files. It always speaks to a service over HTTP: the one that owns the data directory,
 * or one that lives as long as this command.
 */
@Command(
        name = "search",
        description = "Runs a search document to its end and writes the best candidates as files.",
        mixinStandardHelpOptions = true)
public final class SearchCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private DataOptions data = new DataOptions();

    @Parameters(paramLabel = "DOCUMENT", description = "Search document, a JSON file.")
    private Path document;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where the best candidates are written (default: <data-dir>/exports/<search>).")
    private Optional<Path> out = Optional.empty();

    @Override
    public Integer call() throws Exception {
        String text = read(document);
        return ServiceUse.run(data, "the search", spec.commandLine(), address -> run(address, text));
    }

    private static String read(Path document) throws IOException {
        if (Files.isDirectory(document)) {
            throw new IllegalArgumentException(document + " is a directory, not a search document");
        }
        try {
            return Files.readString(document);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(document + " is no UTF-8 text", e);
        }
    }

    private int run(URI address, String text) throws Exception {
        try (ServiceClient client = new ServiceClient(address)) {
            JsonNode search = client.create(text);
            String id = search.path("id").asText();
            say("search " + id + ", watch it at " + address.resolve("/#/searches/" + id));
            search = Progress.follow(
                    () -> client.search(id), Progress::line, spec.commandLine().getErr());
            if (search.hasNonNull("halted")) {
                throw new IllegalStateException(
                        "the search stands still: " + search.path("halted").asText());
            }
            if (search.has("finish")) {
                FinishText.lines(client.finish(id)).forEach(this::say);
            }
            Path directory = out.orElse(data.directory.resolve("exports").resolve(id));
            List<Path> files = new Exports(client, "json", Map.of(), directory).front(id);
            say("ended by " + search.path("ended_by").asText() + ": " + files.size() + " best candidates in "
                    + directory);
            return "finished".equals(search.path("state").asText()) ? 0 : 1;
        }
    }

    private void say(String line) {
        PrintWriter writer = spec.commandLine().getOut();
        writer.println(line);
        writer.flush();
    }
}
