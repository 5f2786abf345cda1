package io.phyla.runs.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.runs.client.ServiceClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/**
 * The progress line: done of total, rate, best, time left. On a terminal it is rewritten in place; elsewhere a new one
 * comes every few seconds.
 */
final class Progress {

    private static final Duration OFTEN = Duration.ofMillis(500);
    private static final Duration SELDOM = Duration.ofSeconds(5);

    private Progress() {}

    /** Shows progress until the search has ended, or stands still for good in this service, and returns it. */
    static JsonNode follow(ServiceClient client, String id, PrintWriter out) throws IOException, InterruptedException {
        boolean terminal = System.console() != null && System.console().isTerminal();
        Duration pause = terminal ? OFTEN : SELDOM;
        long due = System.nanoTime();
        while (true) {
            JsonNode search = client.search(id);
            boolean ended = search.hasNonNull("ended_by") || search.hasNonNull("halted");
            if (ended || System.nanoTime() >= due) {
                out.print(terminal ? "\r\u001b[K" + line(search) : line(search) + System.lineSeparator());
                out.print(terminal && ended ? System.lineSeparator() : "");
                out.flush();
                due = System.nanoTime() + pause.toNanos();
            }
            if (ended) {
                return search;
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
        if (search.hasNonNull("best")) {
            text.append(String.format(
                    Locale.ROOT,
                    "  best %s %.4g (#%d)",
                    search.path("objectives").path(0).path("metric").asText(),
                    search.path("best").path("value").asDouble(),
                    search.path("best").path("number").asLong()));
        }
        text.append("  front ").append(search.path("front_size").asLong());
        if (progress.hasNonNull("seconds_left")) {
            text.append("  left ").append(left(progress.get("seconds_left").asLong()));
        }
        return text.append("  ").append(search.path("state").asText()).toString();
    }

    private static String left(long seconds) {
        return seconds >= 3600
                ? String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
    }
}
