package io.phyla.runs.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One search from submission to download with a SIGKILL in the middle, in worker processes; the same search undisturbed in
 * one process is what it has to equal.
 */
class OneSearchTest {

    private static final String IMAGES = "nas/cifar10_jpeg_train_10000.bin.gz";

    private static final String DOCUMENT = """
        {
          "name": "one search on %1$s",
          "space": {"name": "nb201", "parameters": {"channels": 8, "cells": 1, "classes": %2$d, "resolution": 16}},
          "objectives": [{"metric": "naswot"}, {"metric": "params"}],
          "metrics": ["synflow", "jacob_cov"],
          "constraints": [{"metric": "params", "max": 60000}],
          "evaluators": {"proxies": {"data": "%1$s", "batch": 16}},
          "strategy": {"name": "nsga2", "parameters": {"population": 20}},
          "budget": {"evaluations": 80},
          "window": 10,
          "seed": 11
        }
        """;

    @TempDir
    Path killed;

    @TempDir
    Path undisturbed;

    @Test
    void onTheEmbeddedGlyphs() throws Exception {
        survivesAKill(DOCUMENT.formatted("glyphs", 12));
    }

    @Test
    void onCifarImages() throws Exception {
        String data = System.getenv("PHYLA_DATA");
        Assumptions.assumeTrue(data != null, "SEARCH ON CIFAR IMAGES SKIPPED: PHYLA_DATA is not set");
        Path images = Path.of(data, IMAGES);
        Assumptions.assumeTrue(Files.exists(images), "SEARCH ON CIFAR IMAGES SKIPPED: there is no " + images);
        survivesAKill(DOCUMENT.formatted("cifar10", 10), "--data", "cifar10=" + images);
    }

    private void survivesAKill(String document, String... data) throws Exception {
        KillRun.Outcome expected = KillRun.undisturbed(undisturbed, document, with(data, "inline"));
        KillRun.Outcome actual = new KillRun(killed, document, with(data, "2")).run(1, 80);

        assertThat(actual.inFlight()).as("the kill hit the search at work").isEqualTo(1);
        assertThat(actual.journal()).isEqualTo(expected.journal());
        assertThat(actual.best()).isEqualTo(expected.best());
        assertThat(actual.best().at("/measurements/params").asLong()).isLessThanOrEqualTo(60_000);
        assertThat(actual.best()
                        .at("/provenance/document/evaluators/proxies/data")
                        .asText())
                .matches("glyphs|cifar10@[0-9a-f]{64}");
    }

    private static String[] with(String[] data, String workers) {
        String[] options = Arrays.copyOf(data, data.length + 2);
        options[data.length] = "--workers";
        options[data.length + 1] = workers;
        return options;
    }
}
