package io.phyla.search.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.phyla.search.candidate.Candidate;
import io.phyla.search.document.DocumentReader;
import io.phyla.search.document.SearchSetup;
import io.phyla.search.fixture.NoArtifacts;
import io.phyla.search.port.EvaluatorPool.Outcome;
import io.phyla.search.run.Proposals.Step;
import io.phyla.spaces.Genome;
import io.phyla.spaces.nb201.CellString;
import io.phyla.spaces.schema.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The strategies on the published results of NAS-Bench-201, at the published cost of 12,000 seconds: 12-epoch validation
 * accuracy is the signal, the final test accuracy of the best is the result. Published: 93.92 for regularized evolution,
 * 93.70 for random search (Dong and Yang, ICLR 2020).
 */
class PublishedTableTest {

    private static final int SEEDS = 500;

    private static final String DOCUMENT = """
        {"name":"table","space":{"name":"toy","parameters":{"decisions":6}},"objectives":[{"metric":"toy"}],
         "strategy":{"name":"%s","parameters":%s},"budget":{"cost":12000,"charge_duplicates":true},"window":1,"seed":%d}\
        """;

    private record Row(double valid, double test, double seconds) {}

    private static Map<Genome, Row> table() throws IOException {
        String data = System.getenv("PHYLA_DATA");
        Assumptions.assumeTrue(data != null, "PUBLISHED TABLE TEST SKIPPED: PHYLA_DATA is not set");
        Map<Genome, Row> table = new HashMap<>();
        try (Stream<String> lines = Files.lines(Path.of(data, "nas", "nb201_all_15625.csv"))) {
            lines.skip(1)
                    .map(line -> line.split(","))
                    .forEach(row -> table.put(
                            CellString.parse(row[1]),
                            new Row(
                                    Double.parseDouble(row[20]),
                                    Double.parseDouble(row[14]),
                                    Double.parseDouble(row[26]))));
        }
        return table;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "regularized-evolution; {\"population\":10,\"tournament\":3}; 93.9",
                "random; {}; 93.7",
            })
    void reachesWhatIsPublished(String strategy, String parameters, double published) throws IOException {
        Map<Genome, Row> table = table();
        double sum = 0;
        double squares = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            double result = run(DOCUMENT.formatted(strategy, parameters, seed), table);
            sum += result;
            squares += result * result;
        }
        double mean = sum / SEEDS;
        double deviation = Math.sqrt(squares / SEEDS - mean * mean);
        System.err.printf("%s: final test accuracy %.3f +- %.3f over %d seeds%n", strategy, mean, deviation, SEEDS);
        assertThat(mean).isCloseTo(published, within(0.1));
    }

    /** Drives the state machine without threads: one proposal, its looked-up result, the next. */
    private static double run(String document, Map<Genome, Row> table) throws JsonProcessingException {
        SearchSetup setup = ((DocumentReader.Result.Accepted)
                        DocumentReader.read(Json.MAPPER.readTree(document), new NoArtifacts()))
                .setup();
        Proposals proposals = new Proposals(setup);
        Books books = new Books(setup);
        Results results = new Results(setup);
        Map<Long, Candidate> candidates = new HashMap<>();
        while (true) {
            Candidate candidate;
            switch (proposals.next()) {
                case Step.End _ -> {
                    long best = books.summary().best();
                    return table.get(candidates.get(best).genome()).test();
                }
                case Step.Rest _ -> throw new AssertionError("nothing is screened");
                case Step.Wait _ -> throw new AssertionError("everything before is known");
                case Step.Settle settle -> candidate = settle.candidate();
                case Step.Evaluate asked -> {
                    Row row = table.get(asked.proposal().genome());
                    Outcome outcome = new Outcome.Measured(Map.of("toy", row.valid()), row.seconds(), 1, "table", 0);
                    candidate = results.candidate(asked, outcome, 0);
                }
            }
            books.enter(candidate, 0);
            candidates.put(candidate.number(), candidate);
            proposals.settle(candidate, books.gains(candidate));
        }
    }
}
