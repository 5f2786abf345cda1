package io.phyla.runs.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** A training in one line: bar, epoch, loss, accuracy, rate, time left. */
final class TrainingLine {

    private static final int WIDTH = 20;

    private TrainingLine() {}

    static String of(JsonNode training) {
        JsonNode progress = training.path("progress");
        JsonNode newest = training.path("newest");
        double fraction = progress.path("fraction").asDouble();
        int done = (int) Math.floor(fraction * WIDTH);
        StringBuilder text = new StringBuilder();
        add(text, "[%s%s] %3.0f %%", "#".repeat(done), "-".repeat(WIDTH - done), Math.floor(100 * fraction));
        if (newest.isObject()) {
            add(
                    text,
                    "  step %d/%d",
                    newest.path("step").asLong(),
                    newest.path("steps").asLong());
            add(text, "  epoch %.2f", newest.path("epoch").asDouble());
            add(text, "  loss %.4f", newest.path("training_loss").asDouble(Double.NaN));
            add(
                    text,
                    "  accuracy %.1f %%",
                    100 * newest.path("training_accuracy").asDouble(Double.NaN));
            if (newest.hasNonNull("validation_accuracy")) {
                add(
                        text,
                        "  validated %.1f %%",
                        100 * newest.path("validation_accuracy").asDouble());
            }
            add(text, "  %.1f steps/s", progress.path("rate").asDouble());
        }
        if (progress.hasNonNull("seconds_left")) {
            text.append("  left ")
                    .append(Progress.left(progress.get("seconds_left").asLong()));
        }
        text.append("  ").append(training.path("state").asText());
        if (training.hasNonNull("waits_for")) {
            text.append(": ").append(training.get("waits_for").asText());
        }
        return text.toString();
    }

    private static void add(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values));
    }
}
