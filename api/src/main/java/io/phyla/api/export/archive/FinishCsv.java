package io.phyla.api.export.archive;

import io.phyla.api.export.subject.SearchSections;
import io.phyla.search.candidate.Cause;
import io.phyla.search.candidate.FinalEvaluation;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The evaluations of the last phase as comma-separated values, a row each. */
final class FinishCsv {

    private static final List<String> COLUMNS = List.of(
            "subject",
            "candidate",
            "yardstick",
            "repetition",
            "seed",
            "cause",
            "cause_detail",
            "cost",
            "attempt",
            "worker",
            "milliseconds",
            "finished_at");

    private final List<String> metrics;
    private final Csv csv;

    FinishCsv(List<String> metrics, OutputStream out) {
        this.metrics = metrics;
        csv = new Csv(out);
    }

    void write(List<FinalEvaluation> evaluations) throws IOException {
        List<String> header = new ArrayList<>(COLUMNS);
        header.addAll(metrics);
        csv.row(header);
        for (FinalEvaluation each : evaluations) {
            csv.row(cells(each));
        }
    }

    private List<String> cells(FinalEvaluation it) {
        Cause cause = it.cause();
        List<String> cells = new ArrayList<>();
        cells.add(it.subject().name());
        cells.add(it.subject().isYardstick() ? "" : String.valueOf(it.subject().number()));
        cells.add(String.valueOf(it.subject().isYardstick()));
        cells.add(String.valueOf(it.repetition()));
        cells.add(String.valueOf(it.seed()));
        cells.add(cause == null ? "" : cause.kind().name().toLowerCase(Locale.ROOT));
        cells.add(cause == null ? "" : cause.detail());
        cells.add(SearchSections.number(it.cost()));
        cells.add(String.valueOf(it.work().attempt()));
        cells.add(it.work().worker());
        cells.add(String.valueOf(it.work().milliseconds()));
        cells.add(Instant.ofEpochMilli(it.work().finishedAt()).toString());
        for (String metric : metrics) {
            Double value = it.measurements().get(metric);
            cells.add(value == null ? "" : SearchSections.number(value));
        }
        return cells;
    }
}
