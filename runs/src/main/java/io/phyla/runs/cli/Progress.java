package io.phyla.runs.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;

/**
 * The progress line: done of total, rate, best, time left. On a terminal it is rewritten in place; elsewhere a new one
 * comes every few seconds.
 */
final class Progress {

    private static final Duration OFTEN = Duration.ofMillis(500);
    private static final Duration SELDOM = Duration.ofSeconds(5);

    private Progress() {}

    /** Asks the service how it stands. */
    @FunctionalInterface
    interface Source {
        JsonNode read() throws IOException, InterruptedException;
    }

    /**
     * Shows progress until a search or training has ended, or stands still for good in this service, and returns it.
     *
     * @param line says it in one line
     */
    static JsonNode follow(Source source, Function<JsonNode, String> line, PrintWriter out)
            throws IOException, InterruptedException {
        boolean terminal = System.console() != null && System.console().isTerminal();
        Duration pause = terminal ? OFTEN : SELDOM;
        long due = System.nanoTime();
        while (true) {
            JsonNode now = source.read();
            boolean ended = now.hasNonNull("ended_by") || now.hasNonNull("halted");
            if (ended || System.nanoTime() >= due) {
                String text = line.apply(now);
                out.print(terminal ? "\r\u001b[K" + text : text + System.lineSeparator());
                out.print(terminal && ended ? System.lineSeparator() : "");
                out.flush();
                due = System.nanoTime() + pause.toNanos();
            }
            if (ended) {
                return now;
            }
            Thread.sleep(OFTEN);
        }
    }

    static String line(JsonNode search) {
        JsonNode progress = search.path("progress");
        JsonNode budget = search.path("document").path("budget");
        long done = progress.path("evaluations").asLong();
        StringBuilder text = new StringBuilder().append(done);
        if (budget.hasNonNull("evaluations")) {
            text.append('/').append(budget.get("evaluations").asLong());
        }
        text.append(" evaluated  ")
                .append(String.format(
                        Locale.ROOT, "%.1f/s", progress.path("rate").asDouble()));
        if (search.hasNonNull("funnel")) {
            text.append("  screened ").append(screened(search.get("funnel")));
        }
        if (search.hasNonNull("best")) {
            text.append(String.format(
                    Locale.ROOT,
                    "  best %s %.4g (#%d)",
                    search.path("objectives").path(0).path("metric").asText(),
                    search.path("best").path("value").asDouble(),
                    search.path("best").path("number").asLong()));
        }
        text.append("  front ").append(search.path("front_size").asLong());
        if (search.path("finish").path("done").asLong() > 0
                || search.path("state").asText().equals("finishing")) {
            text.append("  the best again ")
                    .append(search.at("/finish/done").asLong())
                    .append('/')
                    .append(search.at("/finish/total").asLong());
        }
        if (progress.hasNonNull("seconds_left")) {
            text.append("  left ").append(left(progress.get("seconds_left").asLong()));
        }
        return text.append("  ").append(search.path("state").asText()).toString();
    }

    /** Draws that never became candidates. */
    private static long screened(JsonNode funnel) {
        long screened = 0;
        for (JsonNode stage : funnel.path("stages")) {
            screened += stage.path("phase").asText().equals("screen")
                    ? stage.path("rejected").asLong()
                    : 0;
        }
        return screened;
    }

    static String left(long seconds) {
        return seconds >= 3600
                ? String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
    }
}
