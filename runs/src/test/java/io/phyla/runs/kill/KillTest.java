package io.phyla.runs.kill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real process killed with SIGKILL while it searches: nothing lost, nothing twice, the same end. */
class KillTest {

    private static final String NOOP = """
        {
          "name": "kill test without work",
          "space": {"name": "nb201", "parameters": {"channels": 4, "cells": 1, "resolution": 8}},
          "objectives": [{"metric": "noop"}, {"metric": "params"}],
          "evaluators": {"noop": {"milliseconds": 4}},
          "constraints": [{"metric": "params", "max": 12000}],
          "strategy": {"name": "nsga2", "parameters": {"population": 40}},
          "budget": {"evaluations": %d},
          "window": 16,
          "seed": 7
        }
        """;

    private static final String PROXIES = """
        {
          "name": "kill test with proxies",
          "space": {"name": "nb201", "parameters": {"channels": 8, "cells": 1, "classes": 12, "resolution": 16}},
          "objectives": [{"metric": "naswot"}],
          "metrics": ["synflow", "jacob_cov"],
          "evaluators": {"proxies": {"data": "glyphs", "batch": 32}},
          "strategy": {"name": "regularized-evolution", "parameters": {"population": 20, "tournament": 5}},
          "budget": {"evaluations": %d},
          "window": 6,
          "seed": 3
        }
        """;

    @TempDir
    Path killed;

    @TempDir
    Path undisturbed;

    @Test
    void survivesFourKillsWithoutWork() throws Exception {
        survives(NOOP.formatted(400), 4, 3, "--workers", "inline");
    }

    @Test
    @Tag("faults")
    void survivesTwentyKillsWithoutWork() throws Exception {
        survives(NOOP.formatted(3000), 20, 15, "--workers", "inline");
    }

    @Test
    @Tag("faults")
    void survivesTwentyKillsWithTheRealEvaluator() throws Exception {
        survives(PROXIES.formatted(2000), 20, 15, "--workers", "2");
    }

    /** Killed twice in its last phase: what was acknowledged is not evaluated again, and the numbers are the same. */
    @Test
    void survivesKillsInItsLastPhase() throws Exception {
        String document = NOOP.formatted(10)
                .replace(
                        "\"window\": 16",
                        "\"window\": 2, \"finish\": {\"best\": 3, \"seeds\": 12,"
                                + " \"evaluators\": {\"noop\": {\"milliseconds\": 40}}}");
        JsonNode expected = FinishKill.undisturbed(undisturbed, document);
        FinishKill.Outcome actual = FinishKill.killed(killed, document, 2);
        assertThat(actual.inFlight()).as("kills that hit it at work").isPositive();
        assertThat(actual.finish()).isEqualTo(expected);
    }

    private void survives(String document, int kills, int leastInFlight, String... options) throws Exception {
        KillRun.Outcome expected = KillRun.undisturbed(undisturbed, document, options);
        assertThat(expected.search().path("ended_by").asText()).isEqualTo("evaluations");

        KillRun.Outcome actual = new KillRun(killed, document, options)
                .run(kills, expected.journal().size());

        assertThat(actual.inFlight()).as("kills that hit the search at work").isGreaterThanOrEqualTo(leastInFlight);
        assertThat(actual.journal()).isEqualTo(expected.journal());
        assertThat(actual.search().path("best")).isEqualTo(expected.search().path("best"));
        assertThat(actual.search().path("front_size"))
                .isEqualTo(expected.search().path("front_size"));
    }
}
