package io.phyla.runs.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Where everything is kept and which outside files a search may name; shared by the verbs that may start a service. */
final class DataOptions {

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            defaultValue = "runs/data",
            description = "Directory of database and artifacts (default: ${DEFAULT-VALUE}).")
    Path directory = Path.of("runs/data");

    @Option(
            names = "--data",
            paramLabel = "NAME=FILE",
            description = "Registers a data set or table under the name a search document uses; may be repeated.")
    Map<String, Path> files = new LinkedHashMap<>();

    @Option(
            names = "--workers",
            paramLabel = "N|inline",
            defaultValue = "0",
            description = "Worker processes (default: one per core), or 'inline' to evaluate in this process.")
    String workers = "0";

    /** Whether something was asked for that only the start of a service can give. */
    boolean forService() {
        return !files.isEmpty() || !workers.equals("0");
    }
}
