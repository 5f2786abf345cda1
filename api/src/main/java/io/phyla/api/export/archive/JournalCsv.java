package io.phyla.api.export.archive;

import io.phyla.api.export.subject.SearchFacts;
import io.phyla.api.export.subject.SearchSections;
import io.phyla.search.candidate.Candidate;
import io.phyla.search.candidate.Origin;
import io.phyla.spaces.Decision;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Candidates as comma-separated values, a row each. */
final class JournalCsv {

    private static final List<String> COLUMNS = List.of(
            "number",
            "state",
            "genome",
            "text",
            "operator",
            "parents",
            "changes",
            "duplicate_of",
            "cause",
            "cause_detail",
            "screened",
            "cost",
            "attempt",
            "worker",
            "milliseconds",
            "finished_at");

    private final SearchFacts facts;
    private final List<String> metrics;
    private final Csv csv;

    JournalCsv(SearchFacts facts, Collection<String> metrics, OutputStream out) {
        this.facts = facts;
        this.metrics = List.copyOf(metrics);
        csv = new Csv(out);
    }

    void header() throws IOException {
        List<String> cells = new ArrayList<>(COLUMNS);
        cells.addAll(metrics);
        csv.row(cells);
    }

    void row(Candidate candidate) throws IOException {
        List<String> cells = new ArrayList<>();
        cells.add(String.valueOf(candidate.number()));
        cells.add(candidate.state().name().toLowerCase(Locale.ROOT));
        cells.add(candidate.genome().toString());
        cells.add(facts.space().text(candidate.genome()));
        cells.add(candidate.origin().operator());
        cells.add(candidate.origin().parents().stream().map(String::valueOf).collect(Collectors.joining(" ")));
        cells.add(candidate.origin().changes().stream().map(this::change).collect(Collectors.joining("; ")));
        cells.add(text(candidate.duplicateOf()));
        cells.add(
                candidate.cause() == null ? "" : candidate.cause().kind().name().toLowerCase(Locale.ROOT));
        cells.add(candidate.cause() == null ? "" : candidate.cause().detail());
        cells.add(candidate.screened().entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue())
                .collect(Collectors.joining(";")));
        cells.add(SearchSections.number(candidate.cost()));
        cells.add(String.valueOf(candidate.work().attempt()));
        cells.add(candidate.work().worker());
        cells.add(String.valueOf(candidate.work().milliseconds()));
        cells.add(Instant.ofEpochMilli(candidate.work().finishedAt()).toString());
        metrics.forEach(each -> cells.add(SearchSections.value(candidate, each)));
        csv.row(cells);
    }

    private String change(Origin.Change change) {
        Decision decision = facts.space().decisions().get(change.decision());
        return decision.name() + ": " + decision.options().get(change.from()) + " > "
                + decision.options().get(change.to());
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
