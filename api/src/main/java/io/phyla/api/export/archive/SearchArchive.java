package io.phyla.api.export.archive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.api.export.Chosen;
import io.phyla.api.export.Exporter;
import io.phyla.api.export.Exporters;
import io.phyla.api.export.Markdown;
import io.phyla.api.export.subject.CandidateSubject;
import io.phyla.api.export.subject.Rankings;
import io.phyla.api.export.subject.SearchFacts;
import io.phyla.api.export.subject.Subjects;
import io.phyla.api.problem.ProblemException;
import io.phyla.api.search.FinishJson;
import io.phyla.api.search.SearchJson;
import io.phyla.api.search.Store;
import io.phyla.search.candidate.Candidate;
import io.phyla.search.candidate.FinalEvaluation;
import io.phyla.search.port.Journal.Entry;
import io.phyla.spaces.schema.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/**
 * A whole search: its document, its journal, its front in all formats, a report, and how to make it again. It is the search as it
 * was when the export began, however much is journaled meanwhile.
 */
public final class SearchArchive {

    private static final int PAGE = 2_000;

    private final Store store;
    private final Subjects subjects;
    private final Exporters exporters;
    private final SearchFacts facts;
    private final TreeSet<Long> front = new TreeSet<>();
    private final List<FinalEvaluation> finals = new ArrayList<>();
    private final RandomPart random = new RandomPart();
    private final Rankings rankings;

    public SearchArchive(Store store, Subjects subjects, Exporters exporters, SearchFacts facts) {
        this.store = store;
        this.subjects = subjects;
        this.exporters = exporters;
        this.facts = facts;
        rankings = new Rankings(
                facts.objectives().isEmpty() ? "" : facts.objectives().getFirst());
    }

    public void write(OutputStream out) throws IOException {
        Archive archive = new Archive(out, facts.fileName(), FrontArchive.manifest(facts, "phyla-search-1"));
        archive.add("README.md", new Readme(facts, formats()).text());
        archive.add("document.json", pretty(submitted()));
        archive.add("document.complete.json", pretty(facts.document()));
        archive.add("journal.csv", this::journal);
        if (!finals.isEmpty()) {
            archive.add("finish.csv", file -> new FinishCsv(FinishJson.metrics(facts.document()), file).write(finals));
        }
        List<Candidate> members =
                front.stream().limit(Subjects.MOST_MEMBERS).map(this::candidate).toList();
        SearchFacts then = facts.at(members, rankings.baselines(), finals);
        for (long number : front) {
            CandidateSubject subject = subjects.candidate(then, candidate(number));
            for (Exporter<?> exporter : exporters.all()) {
                if (exporter.fits(subject)) {
                    FrontArchive.member(archive, "front/", subject, Chosen.byDefault(exporter));
                }
            }
        }
        Markdown report = new Markdown();
        new SearchReport(then, report).write(random);
        archive.add("report.md", report.toString());
        archive.end();
    }

    /** Those of which there are files: networks do not leave as layers. */
    private List<Exporter<?>> formats() {
        List<Candidate> found = facts.front();
        if (found.isEmpty()) {
            return List.copyOf(exporters.all());
        }
        CandidateSubject first = subjects.candidate(facts, found.getFirst());
        return exporters.all().stream().filter(each -> each.fits(first)).toList();
    }

    private Candidate candidate(long number) {
        return store.candidates()
                .find(facts.id(), number)
                .orElseThrow(this::deleted)
                .candidate();
    }

    private ProblemException deleted() {
        return ProblemException.notFound("search '" + facts.id() + "' any more");
    }

    /** As somebody wrote it; for searches from before that was kept, as it was understood. */
    private JsonNode submitted() {
        JsonNode submitted = facts.started().submitted();
        return submitted == null ? facts.document() : submitted;
    }

    private static String pretty(JsonNode json) throws JsonProcessingException {
        return Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
    }

    /** Writes every candidate in the journal's order, and keeps what was on the front in the end. */
    private void journal(OutputStream out) throws IOException {
        JournalCsv csv = new JournalCsv(facts, SearchJson.metrics(facts.document()), out);
        csv.header();
        long newest = facts.search().sequence();
        long after = 0;
        while (after < newest) {
            List<Entry> page = store.queries().entries(facts.id(), after, PAGE);
            if (page.isEmpty()) {
                throw deleted();
            }
            for (Entry entry : page) {
                if (entry.sequence() <= newest) {
                    add(entry, csv);
                }
            }
            after = page.getLast().sequence();
        }
        finals.sort(Comparator.comparingInt(FinalEvaluation::place).thenComparingInt(FinalEvaluation::repetition));
    }

    private void add(Entry entry, JournalCsv csv) throws IOException {
        switch (entry) {
            case Entry.CandidateDone done -> {
                csv.row(done.candidate());
                random.add(done.candidate(), facts);
                rankings.add(done.candidate());
                done.left().forEach(front::remove);
                if (done.joined()) {
                    front.add(done.candidate().number());
                }
            }
            case Entry.FinalDone done -> finals.add(done.evaluation());
            case Entry.StateChanged _ -> {
                // It says nothing of candidates.
            }
        }
    }
}
