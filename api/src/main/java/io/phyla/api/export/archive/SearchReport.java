package io.phyla.api.export.archive;

import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.api.export.Markdown;
import io.phyla.api.export.subject.SearchFacts;
import io.phyla.api.export.subject.SearchSections;
import io.phyla.api.search.SearchJson;
import io.phyla.search.candidate.Candidate;
import io.phyla.search.progress.Summary;
import io.phyla.storage.query.StoredSearch;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A search in words and tables. */
final class SearchReport {

    private final SearchFacts facts;
    private final Markdown report;

    SearchReport(SearchFacts facts, Markdown report) {
        this.facts = facts;
        this.report = report;
    }

    void write(RandomPart random) {
        Summary summary = facts.search().summary();
        StoredSearch.Finish finish = facts.search().finish();
        report.heading(1, "Search “" + facts.search().header().name() + "”");
        if (!facts.unfinished().isEmpty()) {
            report.notice(facts.unfinished());
        } else {
            report.paragraph("It ended by " + facts.search().reason() + ".");
        }
        report.heading(2, "What it took");
        report.table(
                List.of("what", "how much"),
                List.of(
                        List.of("candidates proposed", String.valueOf(summary.proposed())),
                        List.of("measured", String.valueOf(summary.measured())),
                        List.of("failed", String.valueOf(summary.failed())),
                        List.of("rejected by constraints", String.valueOf(summary.rejected())),
                        List.of("proposed again", String.valueOf(summary.duplicates())),
                        List.of("counted work of the search", SearchSections.number(summary.cost())),
                        List.of("seconds of the search", String.format(Locale.ROOT, "%.1f", summary.seconds())),
                        List.of("evaluations of the last phase", String.valueOf(finish.done())),
                        List.of("counted work of the last phase", SearchSections.number(finish.cost())),
                        List.of(
                                "seconds of the last phase's workers",
                                String.format(Locale.ROOT, "%.1f", finish.milliseconds() / 1e3))));
        tolls(summary);
        report.heading(2, "How it was measured");
        facts.document()
                .path("evaluators")
                .properties()
                .forEach(each -> report.item("Evaluator " + each.getKey() + ", version "
                        + facts.started().evaluators().get(each.getKey()) + ": " + each.getValue()));
        report.item("Everything random follows from the seed "
                + facts.document().path("seed").asText() + "; every candidate was measured once (n = 1) by the"
                + " search itself.");
        facts.data()
                .forEach(each -> report.item(
                        "Data: " + each.name() + ", SHA-256 " + each.sha256() + (each.builtIn() ? ", built in" : "")));
        SearchSections sections = new SearchSections(facts, report);
        sections.finish();
        sections.front(-1);
        sections.baselines();
        random(random);
        report.heading(2, "Make it again");
        report.code("", facts.command("document.json"));
        facts.changes().forEach(each -> report.item("Since it was started " + each + "."));
    }

    /** Where everything that was drawn has gone, if the search has a screen. */
    private void tolls(Summary summary) {
        JsonNode funnel = SearchJson.funnel(summary);
        if (funnel.isNull()) {
            return;
        }
        long left = funnel.path("drawn").asLong();
        report.heading(2, "What fell on the way");
        report.paragraph("Of " + left + " designs drawn " + summary.measured() + " were measured.");
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode stage : funnel.path("stages")) {
            long rejected = stage.path("rejected").asLong();
            String share = left == 0 ? "" : String.format(Locale.ROOT, "%.1f %%", 100.0 * rejected / left);
            rows.add(List.of(
                    stage.path("phase").asText() + ": " + stage.path("name").asText(),
                    String.valueOf(rejected),
                    share));
            left -= rejected;
        }
        report.table(List.of("stage", "fell", "of those that came to it"), rows);
    }

    private void random(RandomPart random) {
        Candidate best = random.best();
        if (best != null) {
            String objective = facts.objectives().getFirst();
            report.paragraph("Of this search's own candidates " + random.count()
                    + " were drawn at random and measured; the best of them is candidate " + best.number() + " with "
                    + objective + " " + SearchSections.value(best, objective) + ".");
        }
    }
}
