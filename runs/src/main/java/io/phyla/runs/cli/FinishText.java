package io.phyla.runs.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A search's last phase as lines of text: a table of means, then every candidate beside every yardstick. */
final class FinishText {

    private FinishText() {}

    /** @param finish as the service has it; no lines where nothing was evaluated again */
    static List<String> lines(JsonNode finish) {
        if (finish.path("subjects").isEmpty()) {
            return List.of();
        }
        List<List<String>> table = new ArrayList<>();
        List<String> header = new ArrayList<>(List.of("the best again"));
        finish.path("metrics").forEach(each -> header.add(each.path("metric").asText()));
        table.add(header);
        finish.path("subjects").forEach(each -> table.add(row(each, finish.path("metrics"))));
        List<String> lines = new ArrayList<>(aligned(table));
        finish.path("differences").forEach(each -> lines.add(difference(each)));
        for (JsonNode subject : finish.path("subjects")) {
            subject.path("failures")
                    .forEach(each -> lines.add(subject.path("name").asText() + ", repetition "
                            + each.path("repetition").asInt() + ": "
                            + each.path("detail").asText()));
        }
        return lines;
    }

    private static List<String> row(JsonNode subject, JsonNode metrics) {
        List<String> cells = new ArrayList<>(List.of(subject.path("name").asText()));
        for (JsonNode metric : metrics) {
            JsonNode sample = subject.path("metrics").path(metric.path("metric").asText());
            cells.add(
                    sample.isMissingNode()
                            ? "none"
                            : number(sample.path("mean")) + " ± " + number(sample.path("standard_error")) + " (n = "
                                    + sample.path("n").asInt() + ")");
        }
        return cells;
    }

    private static String difference(JsonNode it) {
        double difference = it.path("difference").asDouble();
        double error = it.path("standard_error").asDouble();
        String times = error > 0 ? String.format(Locale.ROOT, ", %.1f standard errors", difference / error) : "";
        return String.format(
                Locale.ROOT,
                "candidate %d less %s: %s %+.4g%s",
                it.path("candidate").asLong(),
                it.path("yardstick").asText(),
                it.path("metric").asText(),
                difference,
                times);
    }

    private static String number(JsonNode value) {
        return value.isNumber() ? String.format(Locale.ROOT, "%.4g", value.asDouble()) : "?";
    }

    private static List<String> aligned(List<List<String>> table) {
        List<String> lines = new ArrayList<>();
        for (List<String> row : table) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                int at = column;
                int width = table.stream()
                        .mapToInt(each -> each.get(at).length())
                        .max()
                        .orElse(0);
                line.append(column == 0 ? "" : "  ").append(row.get(column));
                line.repeat(
                        ' ',
                        column == row.size() - 1 ? 0 : width - row.get(column).length());
            }
            lines.add(line.toString());
        }
        return lines;
    }
}
