package io.phyla.api.export.subject;

import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.api.export.Markdown;
import io.phyla.api.search.CandidateJson;
import io.phyla.search.candidate.Candidate;
import io.phyla.search.candidate.Origin;
import io.phyla.search.document.Providers;
import io.phyla.search.lineage.Differences;
import io.phyla.search.metric.Evaluator;
import io.phyla.search.metric.Metric;
import io.phyla.spaces.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A candidate's part of its report. */
final class CandidateReport {

    /** Longer lines of descent are told in the JSON export. */
    private static final int MOST_ANCESTORS = 100;

    private final Specimen specimen;
    private final SearchFacts facts;
    private final Candidate candidate;
    private final Markdown report;

    CandidateReport(Specimen specimen, Markdown report) {
        this.specimen = specimen;
        this.facts = specimen.facts();
        this.candidate = specimen.candidate();
        this.report = report;
    }

    void write() {
        if (!facts.unfinished().isEmpty()) {
            report.notice(facts.unfinished());
        }
        what();
        measured();
        lineage();
        SearchSections sections = new SearchSections(facts, report);
        sections.finish();
        sections.front(candidate.number());
        sections.baselines();
        report.heading(2, "Make it again");
        report.paragraph("With the search document, provenance.document of the format json, in a file:");
        report.code("", facts.command("document.json"));
        report.paragraph("Phyla " + facts.started().phyla() + " then proposes candidate " + candidate.number()
                + " again with the same parents, and measures it alike.");
        facts.changes().forEach(each -> report.item("Since then " + each + "."));
    }

    private void what() {
        report.heading(2, "What it is");
        report.paragraph("A genome of the space " + facts.space().name() + ": "
                + facts.space().text(candidate.genome()));
        List<List<String>> rows = new ArrayList<>();
        CandidateJson.decisions(facts.space(), candidate.genome())
                .forEach(each -> rows.add(
                        List.of(each.path("name").asText(), each.path("option").asText())));
        report.table(List.of("decision", "option"), rows);
        if (candidate.duplicateOf() != null) {
            report.notice("The same design as candidate " + candidate.duplicateOf() + ", whose measurements count.");
        }
        if (candidate.cause() != null) {
            report.notice("It has no result (" + name(candidate.cause().kind()) + "): "
                    + candidate.cause().detail());
        }
    }

    private void measured() {
        if (candidate.measurements().isEmpty()) {
            return;
        }
        report.heading(2, "How it was measured");
        List<List<String>> rows = new ArrayList<>();
        for (Evaluator<?> evaluator : Providers.evaluators().values()) {
            for (Metric metric : evaluator.metrics()) {
                Double value = candidate.measurements().get(metric.name());
                if (value != null) {
                    rows.add(List.of(
                            metric.name(),
                            SearchSections.number(value),
                            metric.unit(),
                            name(metric.direction()),
                            evaluator.name() + ", version "
                                    + facts.started().evaluators().get(evaluator.name())));
                }
            }
        }
        report.table(List.of("metric", "value", "unit", "direction", "evaluator"), rows);
        boolean evaluated = candidate.work().attempt() > 0;
        report.paragraph(
                evaluated
                        ? "Measured once (n = 1, so there is no spread) with seed " + Provenance.seed(specimen)
                                + ", at " + SearchSections.number(candidate.cost()) + " units of counted work."
                        : "Nothing was run: all of it follows from the network alone.");
        parameters();
    }

    private void parameters() {
        facts.document().path("evaluators").properties().forEach(each -> {
            JsonNode parameters = each.getValue();
            report.item("Parameters of " + each.getKey() + ": "
                    + parameters.properties().stream()
                            .map(one -> one.getKey() + " " + plain(one.getValue()))
                            .collect(Collectors.joining(", ")));
        });
        facts.data().forEach(each -> report.item("Data: " + each.words()));
        if (facts.started().instructions() != null) {
            report.item("Numbers repeat to the bit with the instructions "
                    + facts.started().instructions());
        }
    }

    private void lineage() {
        report.heading(2, "Where it comes from");
        report.paragraph("Search " + facts.id() + " with the strategy "
                + facts.document().at("/strategy/name").asText() + ", seed "
                + facts.document().path("seed").asText() + ", by phyla "
                + facts.started().phyla() + ".");
        List<String> columns = new ArrayList<>(List.of("number", "operator", "parents", "changed"));
        columns.addAll(facts.objectives());
        List<List<String>> rows = specimen.lineage().stream()
                .limit(MOST_ANCESTORS)
                .map(this::ancestor)
                .toList();
        report.table(columns, rows);
        if (specimen.lineageTruncated() || rows.size() < specimen.lineage().size()) {
            report.paragraph("The line of descent goes on.");
        }
    }

    private List<String> ancestor(Candidate each) {
        List<String> row = new ArrayList<>(List.of(
                String.valueOf(each.number()),
                each.origin().operator(),
                each.origin().parents().stream().map(String::valueOf).collect(Collectors.joining(", ")),
                Differences.existing(facts.space(), each.genome(), each.origin().changes()).stream()
                        .map(this::change)
                        .collect(Collectors.joining("; "))));
        facts.objectives().forEach(metric -> row.add(SearchSections.value(each, metric)));
        return row;
    }

    private String change(Origin.Change change) {
        Decision decision = facts.space().decisions().get(change.decision());
        return decision.name() + " " + decision.options().get(change.from()) + " to "
                + decision.options().get(change.to());
    }

    private static String plain(JsonNode value) {
        return value.isValueNode() ? value.asText() : value.toString();
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
