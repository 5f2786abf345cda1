package io.phyla.runs.cli;

import io.phyla.runs.service.Service;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where everything is kept and which outside files a search may name; shared by the verbs that may start a service. */
final class DataOptions {

    private static final String DEFAULT_WORKERS = "0";

    /** Stands for the source of a name that is given without one. */
    private static final String REGISTERED = "";

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            defaultValue = "runs/data",
            description = "Directory of database and artifacts (default: ${DEFAULT-VALUE}).")
    Path directory = Path.of("runs/data");

    @Option(
            names = "--data",
            paramLabel = "NAME=SOURCE",
            mapFallbackValue = REGISTERED,
            description = "Registers a data set or table under the name a search document uses: a file, a directory of"
                + " files, or an address with its hash (https://...#sha256=HEX); may be repeated. A name alone is one"
                + " that was registered before.")
    private Map<String, String> sources = new LinkedHashMap<>();

    @Option(
            names = "--workers",
            paramLabel = "N|inline",
            defaultValue = DEFAULT_WORKERS,
            description = "Worker processes (default: one per core), or 'inline' to evaluate in this process.")
    String workers = DEFAULT_WORKERS;

    /** Whether something is asked for that only a service which is yet to be started can do. */
    boolean askForAnotherService() {
        return sources.values().stream().anyMatch(source -> !source.equals(REGISTERED))
                || !workers.equals(DEFAULT_WORKERS);
    }

    /** A file or directory for every name; what is named by an address is fetched. */
    Map<String, Path> files(PrintWriter out) throws IOException {
        Map<String, String> given = new LinkedHashMap<>(sources);
        given.values().removeIf(REGISTERED::equals);
        return Downloads.files(given, Service.artifacts(directory), out);
    }

    /**
     * Registers what another option of a verb names; call it after {@link #name}.
     *
     * @param source {@code NAME=SOURCE}, or a name alone of what was registered before
     * @return the name
     * @throws IllegalArgumentException if the name stands for something else already
     */
    String register(String option, String source) {
        int end = source.indexOf('=');
        if (end < 0) {
            return source;
        }
        String name = source.substring(0, end);
        String given = source.substring(end + 1);
        if (name.isEmpty() || given.isEmpty()) {
            throw new IllegalArgumentException(option + " needs NAME=FILE, not '" + source + "'");
        }
        String before = sources.put(name, given);
        if (before != null && !before.equals(REGISTERED) && !before.equals(given)) {
            throw new IllegalArgumentException(
                    option + " " + source + ": '" + name + "' is the name of " + before + " already");
        }
        return name;
    }

    /**
     * The one name that is given, for a verb that uses one.
     *
     * @throws IllegalArgumentException if there are more
     */
    Optional<String> name() {
        if (sources.size() > 1) {
            throw new IllegalArgumentException(
                    "one --data is what it is trained on, not " + String.join(" and ", sources.keySet()));
        }
        return sources.keySet().stream().findFirst();
    }
}
