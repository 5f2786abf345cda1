package io.phyla.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.phyla.evaluators.artifacts.FileArtifacts;
import io.phyla.evaluators.worker.InlinePool;
import io.phyla.search.candidate.Candidate;
import io.phyla.search.document.DocumentReader;
import io.phyla.search.document.SearchSetup;
import io.phyla.search.port.Journal.Entry;
import io.phyla.search.run.Committed;
import io.phyla.search.run.Searches;
import io.phyla.spaces.schema.Json;
import io.phyla.storage.database.Database;
import io.phyla.storage.journal.H2Journal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whole searches on the published results of NAS-Bench-201, document to database: 12-epoch validation accuracy is the
 * signal, 12,000 seconds of published training time the budget, the final test accuracy of the best the result. Published:
 * 93.92 for regularized evolution, 93.70 for random search (Dong and Yang, ICLR 2020). The tolerance is three standard errors
 * at this number of seeds; the test of the same name in {@code search} holds the state machines alone to 0.1 over 500.
 */
@Tag("slow")
class PublishedTableTest {

    private static final int SEEDS = 60;
    private static final int AT_ONCE = 8;
    private static final String RESULT = "nb201_c10_test_200";

    private static final String DOCUMENT = """
        {"name": "published", "space": {"name": "nb201"},
         "objectives": [{"metric": "nb201_c10_valid_12"}], "metrics": ["nb201_c10_test_200"],
         "strategy": {"name": "%s", "parameters": %s},
         "budget": {"cost": 12000, "charge_duplicates": true}, "window": 1, "seed": %d}
        """;

    @TempDir
    Path directory;

    /** The best candidate of each search so far, by the search's own word. */
    private final Map<String, Candidate> best = new ConcurrentHashMap<>();

    private final Semaphore room = new Semaphore(AT_ONCE);

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "regularized-evolution; {\"population\": 10, \"tournament\": 3}; 93.9",
                "random; {}; 93.7",
            })
    void reachesWhatIsPublished(String strategy, String parameters, double published) throws Exception {
        FileArtifacts artifacts = artifacts();
        try (Database database = Database.open(directory.resolve("data"));
                H2Journal journal = new H2Journal(database);
                InlinePool pool = new InlinePool(2, artifacts);
                Searches searches = new Searches(journal, pool, artifacts, this::note)) {
            for (int seed = 0; seed < SEEDS; seed++) {
                room.acquire();
                searches.create(searches.newId(), setup(DOCUMENT.formatted(strategy, parameters, seed), artifacts));
            }
            room.acquire(AT_ONCE);
        }
        assertThat(best).hasSize(SEEDS);
        double mean = best.values().stream()
                .mapToDouble(each -> each.value(RESULT))
                .average()
                .orElseThrow();
        double variance = best.values().stream()
                .mapToDouble(each -> Math.pow(each.value(RESULT) - mean, 2))
                .average()
                .orElseThrow();
        System.err.printf(
                "%s: final test accuracy %.3f +- %.3f over %d seeds%n", strategy, mean, Math.sqrt(variance), SEEDS);
        assertThat(mean).isCloseTo(published, within(0.15));
    }

    private FileArtifacts artifacts() throws IOException {
        String data = System.getenv("PHYLA_DATA");
        Assumptions.assumeTrue(data != null, "PUBLISHED TABLE TEST SKIPPED: PHYLA_DATA is not set");
        Path table = Path.of(data, "nas", "nb201_all_15625.csv");
        Assumptions.assumeTrue(Files.exists(table), "PUBLISHED TABLE TEST SKIPPED: there is no " + table);
        FileArtifacts artifacts = new FileArtifacts(directory.resolve("artifacts"));
        artifacts.register("nb201", table);
        return artifacts;
    }

    private static SearchSetup setup(String document, FileArtifacts artifacts) throws IOException {
        return switch (DocumentReader.read(Json.MAPPER.readTree(document), artifacts)) {
            case DocumentReader.Result.Accepted accepted -> accepted.setup();
            case DocumentReader.Result.Refused refused -> throw new AssertionError(refused.problems());
        };
    }

    private void note(Committed committed) {
        switch (committed.entry()) {
            case Entry.CandidateDone done
            when done.summary().best() != null
                    && done.summary().best() == done.candidate().number() ->
                best.put(committed.search(), done.candidate());
            case Entry.CandidateDone _, Entry.FinalDone _ -> {}
            case Entry.StateChanged changed -> {
                if (changed.state().ended()) {
                    assertThat(changed.reason()).isEqualTo("cost");
                    room.release();
                }
            }
        }
    }
}
