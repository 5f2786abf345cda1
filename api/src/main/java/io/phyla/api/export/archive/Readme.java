package io.phyla.api.export.archive;

import io.phyla.api.export.Exporter;
import io.phyla.api.export.Markdown;
import io.phyla.api.export.subject.DataSource;
import io.phyla.api.export.subject.SearchFacts;
import java.util.ArrayList;
import java.util.List;

/** What stands in an archive and how to make it again. */
final class Readme {

    private final SearchFacts facts;
    private final List<Exporter<?>> exporters;

    Readme(SearchFacts facts, List<Exporter<?>> exporters) {
        this.facts = facts;
        this.exporters = exporters;
    }

    String text() {
        Markdown text =
                new Markdown().heading(1, "Search “" + facts.search().header().name() + "”");
        if (!facts.unfinished().isEmpty()) {
            text.notice(facts.unfinished());
        }
        text.paragraph("Exported from phyla; the search was started with version "
                + facts.started().phyla() + " as " + facts.id() + ".");
        List<List<String>> rows = new ArrayList<>(List.of(
                List.of("document.json", "the search document as it was submitted"),
                List.of("document.complete.json", "the same with every default filled in and data by its hash"),
                List.of("journal.csv", "every candidate: what it is, where it comes from, what was measured"),
                List.of("report.md", "what was found and how, for people")));
        if (facts.search().finish().done() > 0) {
            rows.add(List.of("finish.csv", "the best again and the yardsticks, every evaluation with its seed"));
        }
        for (Exporter<?> each : exporters) {
            rows.add(List.of("front/" + facts.fileName() + "-N." + each.extension(), each.description()));
        }
        rows.add(List.of("MANIFEST.json", "size and SHA-256 of every file, and what is left out with the reason"));
        rows.add(List.of("SHA256SUMS", "the same sums for: sha256sum -c SHA256SUMS"));
        text.table(List.of("file", "what"), rows);
        text.heading(2, "Make it again");
        text.code("", facts.command("document.json"));
        String timed =
                facts.document().at("/budget/seconds").isNumber() ? " as far as the seconds of its budget last" : "";
        text.paragraph("The same version proposes the same candidates and finds the same front" + timed + ".");
        for (DataSource each : facts.data()) {
            if (!each.builtIn()) {
                text.item("FILE for " + each.name() + " is the one with SHA-256 " + each.sha256());
            }
        }
        facts.changes().forEach(each -> text.item("Since the search was started " + each + "."));
        return text.toString();
    }
}
