package io.phyla.runs.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.phyla.evaluators.bench.EngineBench;
import io.phyla.evaluators.bench.Figure;
import io.phyla.evaluators.bench.Subject;
import io.phyla.spaces.design.NetworkJson;
import io.phyla.spaces.schema.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What layers and training steps cost, beside what this machine's matrix product reaches in the same run. */
@Command(
        name = "engine",
        description = "Measures layers and whole training steps on one thread, in milliseconds of CPU time.",
        mixinStandardHelpOptions = true)
public final class BenchEngine implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--only", description = "Only subjects whose name matches this regular expression.")
    private Pattern only = Pattern.compile(".*");

    @Option(names = "--json", description = "A line of JSON for each figure instead of a table.")
    private boolean json;

    @Option(names = "--milliseconds", description = "CPU time for each figure (default: ${DEFAULT-VALUE}).")
    private long milliseconds = 600;

    @Option(
            names = "--write",
            description = "Measures nothing, but writes the networks to this directory, for the same work elsewhere.")
    private @Nullable Path directory;

    @Override
    public Integer call() throws IOException {
        List<Subject> subjects = EngineBench.subjects().stream()
                .filter(subject -> only.matcher(subject.name()).find())
                .toList();
        if (directory != null) {
            write(subjects, directory);
            return 0;
        }
        PrintWriter out = spec.commandLine().getOut();
        EngineBench bench = new EngineBench(milliseconds);
        double peak = bench.peak();
        if (json) {
            out.println(Json.MAPPER.writeValueAsString(Map.of("name", "sgemm", "gflops", peak)));
        } else {
            out.printf(Locale.ROOT, "sgemm 1024: %.1f GFLOP/s%n%n", peak);
            out.printf("%-28s %10s %10s %10s %8s%n", "", "forward ms", "whole ms", "GFLOP/s", "of peak");
        }
        for (Subject subject : subjects) {
            Figure figure = bench.measure(subject);
            out.println(json ? Json.MAPPER.writeValueAsString(figure) : row(figure, peak));
            out.flush();
        }
        return 0;
    }

    private static String row(Figure figure, double peak) {
        String times = "%-28s %10.3f %10.3f".formatted(figure.name(), figure.forward(), figure.whole());
        return figure.gigaflop() == 0
                ? times
                : times + " %10.1f %7.0f%%".formatted(figure.rate(), 100 * figure.rate() / peak);
    }

    private static void write(List<Subject> subjects, Path directory) throws IOException {
        Files.createDirectories(directory);
        ArrayNode list = Json.MAPPER.createArrayNode();
        for (Subject subject : subjects) {
            String file = subject.name() + ".json";
            Files.writeString(
                    directory.resolve(file),
                    NetworkJson.write(subject.network()).toString());
            list.addObject()
                    .put("name", subject.name())
                    .put("file", file)
                    .put("batch", subject.batch())
                    .put("step", subject.step());
        }
        Files.writeString(directory.resolve("subjects.json"), list.toString());
    }
}
