package io.phyla.runs.cli;

import io.phyla.evaluators.artifacts.Download;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Fetches what the command line names by an address, and says how far it is. */
final class Downloads {

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final double MEBIBYTE = 1 << 20;

    private Downloads() {}

    /**
     * Finds a file for every source.
     *
     * @param directory where contents are kept by their hash
     */
    static Map<String, Path> files(Map<String, String> sources, Path directory, PrintWriter out) throws IOException {
        Map<String, Path> files = new LinkedHashMap<>();
        for (Map.Entry<String, String> source : sources.entrySet()) {
            String name = source.getKey();
            files.put(
                    name,
                    Download.isAddress(source.getValue())
                            ? Download.parse(name, source.getValue()).into(directory, progress(name, out))
                            : Path.of(source.getValue()));
        }
        return files;
    }

    /** One line a second, and the last. */
    private static Download.Listener progress(String name, PrintWriter out) {
        long[] due = {System.nanoTime()};
        return (bytes, total) -> {
            if (System.nanoTime() >= due[0] || bytes == total) {
                out.printf(Locale.ROOT, "fetching %s: %.1f%s MiB%n", name, bytes / MEBIBYTE, of(total));
                out.flush();
                due[0] = System.nanoTime() + PAUSE.toNanos();
            }
        };
    }

    private static String of(long total) {
        return total < 0 ? "" : String.format(Locale.ROOT, " of %.1f", total / MEBIBYTE);
    }
}
