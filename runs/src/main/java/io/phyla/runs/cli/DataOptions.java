package io.phyla.runs.cli;

import io.phyla.runs.service.Service;
import java.io.IOException;
import java.io.PrintWriter;
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
            paramLabel = "NAME=SOURCE",
            description = "Registers a data set or table under the name a search document uses: a file, a directory of"
                    + " files, or an address with its hash (https://...#sha256=HEX); may be repeated.")
    private Map<String, String> sources = new LinkedHashMap<>();

    @Option(
            names = "--workers",
            paramLabel = "N|inline",
            defaultValue = DEFAULT_WORKERS,
            description = "Worker processes (default: one per core), or 'inline' to evaluate in this process.")
    String workers = DEFAULT_WORKERS;

    /** Whether something is asked for that only a service which is yet to be started can do. */
    boolean askForAnotherService() {
        return !sources.isEmpty() || !workers.equals(DEFAULT_WORKERS);
    }

    /** A file or directory for every name; what is named by an address is fetched. */
    Map<String, Path> files(PrintWriter out) throws IOException {
        return Downloads.files(sources, Service.artifacts(directory), out);
    }
}
