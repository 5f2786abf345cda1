package io.phyla.runs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.runs.service.Service;
import io.phyla.runs.service.ServiceOptions;
import io.phyla.spaces.schema.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code phyla search} and {@code phyla export} as a person uses them, on the real service. */
class SearchCommandTest {

    private static final String DOCUMENT = """
        {
          "name": "small",
          "space": {"name": "nb201", "parameters": {"channels": 4, "cells": 1, "classes": 12, "resolution": 8}},
          "objectives": [{"metric": "naswot"}, {"metric": "params"}],
          "evaluators": {"proxies": {"batch": 8}},
          "strategy": {"name": "nsga2", "parameters": {"population": 10}},
          "budget": {"evaluations": 30},
          "window": 10
        }
        """;

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int phyla(String... arguments) {
        return Phyla.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private Path write(String text) throws IOException {
        return Files.writeString(directory.resolve("document.json"), text);
    }

    private int search(Path document) {
        return phyla(
                "search",
                document.toString(),
                "--data-dir",
                directory.resolve("data").toString(),
                "--out",
                directory.resolve("best").toString(),
                "--workers",
                "inline");
    }

    private List<Path> best() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("best"))) {
            return files.sorted().toList();
        }
    }

    @Test
    void runsADocumentToItsEndAndWritesTheBest() throws Exception {
        assertThat(search(write(DOCUMENT))).as(err.toString()).isZero();

        assertThat(err.toString())
                .contains("30/30 evaluated")
                .contains("best naswot")
                .contains("finished");
        assertThat(out.toString()).contains("ended by evaluations");
        assertThat(best()).isNotEmpty().allSatisfy(file -> {
            JsonNode export = Json.MAPPER.readTree(file.toFile());
            assertThat(export.at("/measurements/naswot").isNumber()).isTrue();
            assertThat(export.at("/provenance/document/name").asText()).isEqualTo("small");
        });

        Matcher id = Pattern.compile("search ([0-9a-f]+),").matcher(out.toString());
        assertThat(id.find()).isTrue();
        Path again = directory.resolve("again");
        String data = directory.resolve("data").toString();
        assertThat(phyla("export", id.group(1), "--data-dir", data, "--out", again.toString()))
                .isZero();
        for (Path file : best()) {
            assertThat(again.resolve(file.getFileName())).hasSameBinaryContentAs(file);
        }
    }

    @Test
    void printsWhatTheBestAreWorthAgain() throws Exception {
        String finish = "\"finish\": {\"best\": 2, \"seeds\": 2}, \"window\": 10";
        assertThat(search(write(DOCUMENT.replace("\"window\": 10", finish))))
                .as(err.toString())
                .isZero();
        assertThat(err.toString()).contains("the best again 4/4").contains("finished");
        assertThat(out.toString().lines().filter(each -> each.startsWith("candidate ")))
                .hasSize(2)
                .allMatch(each -> each.matches("candidate \\d+ +[0-9.]+ ± [0-9.]+ \\(n = 2\\)"));
    }

    @Test
    void goesThroughTheServiceThatOwnsTheDatabase() throws Exception {
        Path data = directory.resolve("data");
        try (Service service =
                Service.start(new ServiceOptions(data, "127.0.0.1", 0, "inline", Map.of(), List.of(), true))) {
            assertThat(search(write(DOCUMENT))).as(err.toString()).isZero();
            assertThat(out.toString())
                    .contains("the service at " + service.address() + " owns")
                    .contains("not those given here");
        }
        assertThat(best()).isNotEmpty();
    }

    @Test
    void saysWhatIsWrongWithADocumentAndWhere() throws Exception {
        assertThat(search(write(DOCUMENT.replace("naswot", "naswott").replace("\"window\": 10", "\"windw\": 10"))))
                .isEqualTo(1);
        assertThat(err.toString())
                .contains("/objectives/0/metric", "did you mean 'naswot'?", "/windw")
                .doesNotContain("\tat ");
    }

    @Test
    void saysWhenThereIsNoSuchFile() {
        assertThat(search(directory.resolve("absent.json"))).isEqualTo(1);
        assertThat(err.toString()).contains("there is no file " + directory.resolve("absent.json"));
    }

    @Test
    void saysWhenTheDocumentIsNoText() throws Exception {
        assertThat(search(directory)).isEqualTo(1);
        assertThat(err.toString()).contains(directory + " is a directory");
        assertThat(search(Files.write(directory.resolve("binary.json"), new byte[] {(byte) 0xff, (byte) 0xfe})))
                .isEqualTo(1);
        assertThat(err.toString()).contains("binary.json is no UTF-8 text");
    }

    @Test
    void saysWhenTheDataDirectoryIsAFile() throws Exception {
        String file = write(DOCUMENT).toString();
        assertThat(phyla("search", file, "--data-dir", file, "--workers", "inline"))
                .isEqualTo(1);
        assertThat(err.toString()).contains(file + " is a file where a directory is needed");
    }

    @Test
    void exportsNothingFromWhereNothingIs() {
        Path absent = directory.resolve("absent");
        assertThat(phyla("export", "0123456789abcdef", "--data-dir", absent.toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("there is no directory " + absent);
        assertThat(absent).doesNotExist();
    }

    @Test
    void startsNoMoreWorkersThanTheMachineCanBear() throws Exception {
        String document = write(DOCUMENT).toString();
        String data = directory.resolve("data").toString();
        for (String many : List.of("1000", "1000000", "99999999999")) {
            assertThat(phyla("search", document, "--data-dir", data, "--workers", many))
                    .isEqualTo(1);
        }
        assertThat(err.toString()).contains("--workers takes at most", "not 1000", "not '99999999999'");
    }

    @Test
    void saysWhenTheTextIsNoJson() throws Exception {
        assertThat(search(write("{\"name\": "))).isEqualTo(1);
        assertThat(err.toString()).contains("JSON").doesNotContain("\tat ");
    }
}
