package io.phyla.evaluators.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.evaluators.artifacts.FileArtifacts;
import io.phyla.evaluators.worker.InlinePool;
import io.phyla.search.candidate.Candidate;
import io.phyla.search.candidate.CandidateState;
import io.phyla.search.document.DocumentReader;
import io.phyla.search.document.SearchSetup;
import io.phyla.search.port.Journal.Entry;
import io.phyla.search.progress.Summary;
import io.phyla.search.run.Searches;
import io.phyla.spaces.schema.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A search of layers from random graphs on, most of which fall before they are evaluated. */
class ScreenedSearchTest {

    private static final String DOCUMENT = """
        {"name":"steady layers","space":{"name":"evonorm","parameters":{"series":"s"}},
         "objectives":[{"metric":"scale_sensitivity"}],
         "strategy":{"name":"regularized-evolution","parameters":{"population":25,"tournament":5}},
         "budget":{"evaluations":70},"window":8,"seed":3}\
        """;

    @TempDir
    Path directory;

    @Test
    void isTheSameWhereverItWasKilled() throws Exception {
        KeptJournal whole = new KeptJournal();
        run(whole, 2, searches -> searches.create("layers", setup()));
        Summary summary = summary(whole);
        assertThat(summary.evaluations()).isEqualTo(70);
        addsUp(summary);
        check(candidates(whole));
        int length = whole.entries().size();
        for (int cut : new int[] {1, length / 3, length - 2}) {
            KeptJournal resumed = whole.cut(cut);
            run(resumed, 1, Searches::recover);
            assertThat(candidates(resumed)).as("killed after entry %d", cut).isEqualTo(candidates(whole));
            assertThat(summary(resumed)).isEqualTo(summary);
        }
    }

    private static void addsUp(Summary summary) {
        Map<String, Long> screened = summary.tolls().screened();
        assertThat(List.copyOf(screened.keySet())).isEqualTo(new ProgramScreen(false).stages());
        long fallen = screened.values().stream().mapToLong(each -> each).sum();
        long causes = summary.tolls().causes().values().stream()
                .mapToLong(each -> each)
                .sum();
        assertThat(screened.get("structure")).isGreaterThan(fallen / 3);
        assertThat(fallen + causes + summary.duplicates() + summary.measured()).isEqualTo(summary.drawn());
    }

    /** Every function is evaluated once; those that come again, mostly written otherwise, carry its key. */
    private static void check(SortedMap<Long, Candidate> candidates) {
        Set<Object> keys = new HashSet<>();
        int otherwise = 0;
        for (Candidate candidate : candidates.values()) {
            assertThat(candidate.state() == CandidateState.DUPLICATE).isEqualTo(!keys.add(candidate.key()));
            if (candidate.state() == CandidateState.DUPLICATE) {
                Candidate original = candidates.get(candidate.duplicateOf());
                assertThat(original.key()).isEqualTo(candidate.key());
                otherwise += original.genome().equals(candidate.genome()) ? 0 : 1;
            }
        }
        assertThat(otherwise).isPositive();
    }

    private void run(KeptJournal journal, int threads, Consumer<Searches> start) throws Exception {
        FileArtifacts artifacts = new FileArtifacts(directory);
        CountDownLatch ended = new CountDownLatch(1);
        try (InlinePool pool = new InlinePool(threads, artifacts);
                Searches searches = new Searches(journal, pool, artifacts, each -> {
                    if (each.entry() instanceof Entry.StateChanged changed
                            && changed.state().ended()) {
                        ended.countDown();
                    }
                })) {
            start.accept(searches);
            assertThat(ended.await(120, TimeUnit.SECONDS)).isTrue();
        }
    }

    private SearchSetup setup() {
        try {
            DocumentReader.Result read =
                    DocumentReader.read(Json.MAPPER.readTree(DOCUMENT), new FileArtifacts(directory));
            assertThat(read).isInstanceOf(DocumentReader.Result.Accepted.class);
            return ((DocumentReader.Result.Accepted) read).setup();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Summary summary(KeptJournal journal) {
        return journal.entries().getLast().summary().withSeconds(0);
    }

    private static SortedMap<Long, Candidate> candidates(KeptJournal journal) {
        SortedMap<Long, Candidate> found = new TreeMap<>();
        for (Entry entry : journal.entries()) {
            if (entry instanceof Entry.CandidateDone done) {
                Candidate it = done.candidate();
                found.put(
                        it.number(),
                        new Candidate(
                                it.number(),
                                it.key(),
                                it.genome(),
                                it.origin(),
                                it.state(),
                                it.measurements(),
                                it.cause(),
                                it.duplicateOf(),
                                it.cost(),
                                it.screened(),
                                Candidate.Work.NONE));
            }
        }
        return found;
    }
}
