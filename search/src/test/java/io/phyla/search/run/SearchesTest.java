package io.phyla.search.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.phyla.search.candidate.Candidate;
import io.phyla.search.candidate.CandidateState;
import io.phyla.search.candidate.Cause;
import io.phyla.search.candidate.Origin;
import io.phyla.search.document.DocumentReader;
import io.phyla.search.document.SearchSetup;
import io.phyla.search.port.Journal.Entry;
import io.phyla.search.progress.SearchState;
import io.phyla.search.progress.Summary;
import io.phyla.spaces.Genome;
import io.phyla.spaces.schema.Json;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class SearchesTest {

    private static final Candidate.Work NO_WORK = new Candidate.Work(0, "", 0, 0);

    private static final String NSGA2 = """
        {"name":"test","space":{"name":"toy"},"objectives":[{"metric":"toy"},{"metric":"toy_cost"}],
         "constraints":[{"metric":"size","max":3}],
         "strategy":{"name":"nsga2","parameters":{"population":20}},
         "budget":{"evaluations":300},"window":10,"seed":5}\
        """;

    private static final String EVOLUTION = """
        {"name":"test","space":{"name":"toy"},"objectives":[{"metric":"toy"}],
         "strategy":{"name":"regularized-evolution","parameters":{"population":20,"tournament":5}},
         "budget":{"evaluations":400},"window":7,"seed":2}\
        """;

    /** A finished search's journal. */
    private record Finished(String id, MemoryJournal journal) {

        SortedMap<Long, Candidate> candidates() {
            SortedMap<Long, Candidate> found = new TreeMap<>();
            for (Entry entry : journal.entries(id)) {
                if (entry instanceof Entry.CandidateDone done) {
                    assertThat(found.put(done.candidate().number(), withoutWork(done.candidate())))
                            .isNull();
                }
            }
            return found;
        }

        Entry.StateChanged end() {
            return (Entry.StateChanged) journal.entries(id).getLast();
        }

        Summary summary() {
            Summary it = end().summary();
            return new Summary(
                    it.measured(),
                    it.failed(),
                    it.rejected(),
                    it.duplicates(),
                    it.cost(),
                    0,
                    it.frontSize(),
                    it.best(),
                    it.bestValue());
        }
    }

    private static Candidate withoutWork(Candidate it) {
        return new Candidate(
                it.number(),
                it.key(),
                it.genome(),
                it.origin(),
                it.state(),
                it.measurements(),
                it.cause(),
                it.duplicateOf(),
                it.cost(),
                NO_WORK);
    }

    private static SearchSetup setup(String document) {
        try {
            DocumentReader.Result read = DocumentReader.read(Json.MAPPER.readTree(document), new NoArtifacts());
            assertThat(read).isInstanceOf(DocumentReader.Result.Accepted.class);
            return ((DocumentReader.Result.Accepted) read).setup();
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static Finished run(String document, int workers) throws Exception {
        MemoryJournal journal = new MemoryJournal();
        CompletableFuture<String> ended = new CompletableFuture<>();
        try (ShufflingPool pool = new ShufflingPool(workers, workers);
                Searches searches = new Searches(journal, pool, new NoArtifacts(), each -> end(each, ended))) {
            searches.create(searches.newId(), setup(document));
            return new Finished(ended.get(60, TimeUnit.SECONDS), journal);
        }
    }

    private static void end(Committed each, CompletableFuture<String> ended) {
        if (each.entry() instanceof Entry.StateChanged changed
                && changed.state().ended()) {
            ended.complete(each.search());
        }
    }

    private static Finished recover(String id, MemoryJournal journal) throws Exception {
        CompletableFuture<String> ended = new CompletableFuture<>();
        try (ShufflingPool pool = new ShufflingPool(3, 99);
                Searches searches = new Searches(journal, pool, new NoArtifacts(), each -> end(each, ended))) {
            searches.recover();
            ended.get(60, TimeUnit.SECONDS);
            return new Finished(id, journal);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {NSGA2, EVOLUTION})
    void isTheSameAtAnyNumberOfWorkers(String document) throws Exception {
        Finished one = run(document, 1);
        for (int workers : List.of(2, 8)) {
            Finished other = run(document, workers);
            assertThat(other.candidates()).isEqualTo(one.candidates());
            assertThat(other.summary()).isEqualTo(one.summary());
        }
        assertThat(one.end().reason()).isEqualTo("evaluations");
        assertThat(one.summary().evaluations())
                .isEqualTo(setup(document).document().budget().evaluations());
    }

    @ParameterizedTest
    @ValueSource(strings = {NSGA2, EVOLUTION})
    void endsTheSameFromWhereverItIsTakenUp(String document) throws Exception {
        Finished whole = run(document, 4);
        int length = whole.journal().entries(whole.id()).size();
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 12; i++) {
            int cut = i == 0 ? 0 : 1 + random.nextInt(length - 1);
            Finished resumed = recover(whole.id(), whole.journal().cut(whole.id(), cut, true));
            assertThat(resumed.candidates()).as("cut after %d", cut).isEqualTo(whole.candidates());
            assertThat(resumed.summary()).isEqualTo(whole.summary());
        }
    }

    @Test
    void aSnapshotWithItsTailEqualsTheFullReplay() throws Exception {
        String document = EVOLUTION
                .replace("\"evaluations\":400", "\"evaluations\":10500")
                .replace("\"window\":7", "\"window\":30");
        Finished whole = run(document, 8);
        assertThat(whole.candidates().lastKey()).isGreaterThan(Proposals.SNAPSHOT_EVERY);
        assertThat(whole.journal().snapshot(whole.id())).isPresent();
        int length = whole.journal().entries(whole.id()).size();
        for (boolean withSnapshot : new boolean[] {true, false}) {
            Finished resumed = recover(whole.id(), whole.journal().cut(whole.id(), length - 40, withSnapshot));
            assertThat(resumed.candidates()).isEqualTo(whole.candidates());
        }
    }

    @Test
    void everyConstraintHoldsAndEveryChangeExplainsItsChild() throws Exception {
        SortedMap<Long, Candidate> candidates = run(NSGA2, 2).candidates();
        assertThat(candidates.values())
                .extracting(each -> each.origin().operator())
                .anyMatch(it -> it.contains("repair"));
        for (Candidate child : candidates.values()) {
            if (child.state() == CandidateState.MEASURED) {
                assertThat(child.measurements().get("size")).isLessThanOrEqualTo(3);
            }
            if (!child.origin().parents().isEmpty()) {
                Genome explained =
                        candidates.get(child.origin().parents().getFirst()).genome();
                for (Origin.Change change : child.origin().changes()) {
                    assertThat(explained.option(change.decision())).isEqualTo(change.from());
                    explained = explained.with(change.decision(), change.to());
                }
                assertThat(explained).isEqualTo(child.genome());
            }
        }
    }

    @Test
    void anUndefinedObjectiveFailsTheCandidateWithItsCause() throws Exception {
        assertThat(run(EVOLUTION, 2).candidates().values())
                .filteredOn(each -> each.state() == CandidateState.FAILED)
                .isNotEmpty()
                .allSatisfy(each -> {
                    assertThat(each.cause().kind()).isEqualTo(Cause.Kind.NON_FINITE);
                    assertThat(each.cause().detail()).contains("toy");
                    assertThat(each.measurements()).containsKey("toy_cost");
                });
    }

    @Test
    void endsByCostAndByExhaustionAndSaysSo() throws Exception {
        String random = EVOLUTION.replace(
                "regularized-evolution\",\"parameters\":{\"population\":20,\"tournament\":5}", "random\"");
        Finished cost = run(random.replace("\"evaluations\":400", "\"cost\":100"), 2);
        assertThat(cost.end().reason()).isEqualTo("cost");
        assertThat(cost.summary().cost()).isBetween(100.0, 100.0 + 3 * 8);
        String tiny = random.replace("{\"name\":\"toy\"}", "{\"name\":\"toy\",\"parameters\":{\"decisions\":2}}");
        Finished all = run(tiny.replace("\"evaluations\":400", "\"evaluations\":100000"), 2);
        assertThat(all.end().reason()).isEqualTo("exhausted");
        assertThat(all.summary().evaluations()).isEqualTo(25);
        Finished tired = run(tiny.replace("\"evaluations\":400", "\"evaluations\":100000,\"patience\":2"), 2);
        assertThat(tired.end().reason()).isEqualTo("exhausted");
        assertThat(tired.summary().evaluations()).isLessThan(25);
    }

    @Test
    void pausesResumesAndCancels() throws Exception {
        MemoryJournal journal = new MemoryJournal();
        CompletableFuture<String> ended = new CompletableFuture<>();
        CompletableFuture<Void> paused = new CompletableFuture<>();
        String endless = EVOLUTION.replace("\"evaluations\":400", "\"seconds\":3600,\"patience\":1000000");
        try (ShufflingPool pool = new ShufflingPool(2, 1);
                Searches searches = new Searches(journal, pool, new NoArtifacts(), each -> {
                    end(each, ended);
                    if (each.entry() instanceof Entry.StateChanged changed && changed.state() == SearchState.PAUSED) {
                        paused.complete(null);
                    }
                })) {
            String id = searches.newId();
            searches.create(id, setup(endless));
            searches.pause(id);
            paused.get(10, TimeUnit.SECONDS);
            assertThat(searches.live(id).orElseThrow().state()).isEqualTo(SearchState.PAUSED);
            searches.resume(id);
            searches.cancel(id);
            ended.get(10, TimeUnit.SECONDS);
            assertThat(((Entry.StateChanged) journal.entries(id).getLast()).state())
                    .isEqualTo(SearchState.CANCELLED);
        }
    }
}
