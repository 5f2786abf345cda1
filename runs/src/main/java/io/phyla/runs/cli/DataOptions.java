package io.phyla.runs.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Where everything is kept and which outside files a search may name; shared by the verbs that may start a service. */
final class DataOptions {

    private static final String DEFAULT_WORKERS = "0";

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
            defaultValue = DEFAULT_WORKERS,
            description = "Worker processes (default: one per core), or 'inline' to evaluate in this process.")
    String workers = DEFAULT_WORKERS;

    /** Whether something is asked for that only a service which is yet to be started can do. */
    boolean askForAnotherService() {
        return !files.isEmpty() || !workers.equals(DEFAULT_WORKERS);
    }
}
