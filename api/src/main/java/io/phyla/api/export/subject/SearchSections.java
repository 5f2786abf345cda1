package io.phyla.api.export.subject;

import io.phyla.api.export.Markdown;
import io.phyla.api.search.FinishTable;
import io.phyla.search.candidate.Candidate;
import io.phyla.search.statistics.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** What reports say about a search as a whole. */
public final class SearchSections {

    /** Longer fronts are in the export of the search. */
    private static final int MOST_MEMBERS = 200;

    private final SearchFacts facts;
    private final Markdown report;

    public SearchSections(SearchFacts facts, Markdown report) {
        this.facts = facts;
        this.report = report;
    }

    /** @param own a candidate to be marked if it is among them; a negative number if there is none */
    public void front(long own) {
        List<Candidate> members = facts.front();
        report.heading(2, "The front of its search");
        if (members.isEmpty()) {
            report.paragraph("The search has found nothing that could be measured.");
            return;
        }
        List<String> columns = new ArrayList<>(List.of("number"));
        columns.addAll(facts.objectives());
        columns.add("design");
        report.table(
                columns,
                members.stream()
                        .limit(MOST_MEMBERS)
                        .map(each -> {
                            List<String> row = new ArrayList<>(
                                    List.of(each.number() + (each.number() == own ? " (this one)" : "")));
                            facts.objectives().forEach(metric -> row.add(value(each, metric)));
                            row.add(facts.space().text(each.genome()));
                            return row;
                        })
                        .toList());
        long all = Math.max(facts.search().summary().frontSize(), members.size());
        if (all > MOST_MEMBERS) {
            report.paragraph("These are the first " + MOST_MEMBERS + " of " + all + ".");
        }
    }

    /** What the best are worth beside yardsticks, with the spread over seeds that the search had not seen. */
    public void finish() {
        FinishTable finish = facts.finish();
        if (finish.rows().isEmpty()) {
            return;
        }
        report.heading(2, "The best again, beside yardsticks");
        report.paragraph(
                "Each was evaluated with several seeds that the search had not seen: mean ± standard error (n).");
        List<String> columns = new ArrayList<>(List.of("what"));
        columns.addAll(finish.metrics());
        report.table(
                columns, finish.rows().stream().map(each -> row(finish, each)).toList());
        List<FinishTable.Difference> differences = finish.differences();
        if (!differences.isEmpty()) {
            report.table(
                    List.of("candidate", "less yardstick", "metric", "difference", "standard error"),
                    differences.stream()
                            .map(each -> List.of(
                                    String.valueOf(each.candidate().number()),
                                    each.yardstick().name(),
                                    each.metric(),
                                    rounded(each.difference()),
                                    rounded(each.standardError())))
                            .toList());
        }
        for (FinishTable.Row row : finish.rows()) {
            row.failures()
                    .forEach(each -> report.item(row.subject().name() + ", repetition " + each.repetition() + ": "
                            + Objects.requireNonNull(each.cause()).detail()));
        }
    }

    private static List<String> row(FinishTable finish, FinishTable.Row row) {
        List<String> cells = new ArrayList<>(List.of(row.subject().name()));
        for (String metric : finish.metrics()) {
            Sample sample = row.samples().get(metric);
            cells.add(
                    sample == null
                            ? "none"
                            : rounded(sample.mean()) + " ± " + rounded(sample.standardError()) + " (" + sample.size()
                                    + ")");
        }
        return cells;
    }

    private static String rounded(double value) {
        return Double.isNaN(value) ? "?" : String.format(Locale.ROOT, "%.4g", value);
    }

    /** What a ranking by size alone would have found, beside what was found. */
    public void baselines() {
        if (facts.objectives().isEmpty()) {
            return;
        }
        String objective = facts.objectives().getFirst();
        report.heading(2, "Trivial baselines");
        report.paragraph("A ranking by size knows nothing. What it would have chosen among the same candidates, and how"
                + " far it agrees with " + objective + ":");
        report.table(
                List.of("ranked by", "its first", objective + " there", "Spearman with " + objective, "candidates"),
                facts.baselines().stream()
                        .map(each -> List.of(
                                each.metric(),
                                String.valueOf(each.best().number()),
                                value(each.best(), objective),
                                Double.isNaN(each.correlation())
                                        ? "none"
                                        : String.format(Locale.ROOT, "%.3f", each.correlation()),
                                String.valueOf(each.of())))
                        .toList());
        report.paragraph("Random search at equal budget is the other one: the same document with the strategy random.");
    }

    public static String value(Candidate candidate, String metric) {
        Double value = candidate.measurements().get(metric);
        return value == null ? "" : number(value);
    }

    /** As it is, whole ones without a point. */
    public static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) <= 1L << 53
                ? String.valueOf((long) value)
                : String.valueOf(value);
    }
}
