package io.phyla.runs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.evaluators.data.Glyphs;
import io.phyla.runs.client.ServiceClient;
import io.phyla.runs.service.Service;
import io.phyla.runs.service.ServiceOptions;
import io.phyla.spaces.schema.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code phyla export} in all its forms, on the real service. */
@Timeout(180)
class ExportCommandTest {

    @TempDir
    static Path directory;

    private static Service service;
    private static String search;
    private static String training;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void start() throws Exception {
        Path data = directory.resolve("data");
        service = Service.start(new ServiceOptions(data, "127.0.0.1", 0, "inline", Map.of(), List.of(), true));
        try (ServiceClient client = new ServiceClient(service.address())) {
            JsonNode created = client.create("""
                {"name": "small", "objectives": [{"metric": "noop"}], "strategy": {"name": "random"},
                 "space": {"name": "nb201",
                           "parameters": {"channels": 2, "cells": 1, "classes": %d, "resolution": 16}},
                 "budget": {"evaluations": 5}}
                """.formatted(Glyphs.instance().classes()));
            search = created.path("id").asText();
            while (client.search(search).path("ended_by").isNull()) {
                Thread.sleep(20);
            }
            Path export = client.download(
                    "/v1/searches/" + search + "/candidates/0/export", directory, Optional.of("candidate.json"));
            ObjectNode document = Json.MAPPER.createObjectNode().put("name", "trained");
            document.set("network", Json.MAPPER.readTree(export.toFile()).path("network"));
            document.putObject("training").put("steps", 2).putObject("recipe").put("batch", 4);
            training = client.train(document.toString()).path("id").asText();
            while (client.training(training).path("ended_by").isNull()) {
                Thread.sleep(20);
            }
        }
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private int export(String... arguments) {
        String[] all = new String[arguments.length + 5];
        all[0] = "export";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[arguments.length + 1] = "--data-dir";
        all[arguments.length + 2] = directory.resolve("data").toString();
        all[arguments.length + 3] = "--out";
        all[arguments.length + 4] = directory.resolve("out").toString();
        return Phyla.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all);
    }

    private Path written(String name) {
        assertThat(err.toString()).isEmpty();
        assertThat(out.toString()).contains(name);
        return directory.resolve("out").resolve(name);
    }

    @Test
    void aCandidateInAFormatWithItsOptions() throws Exception {
        assertThat(export(search, "0", "--format", "onnx", "--opset", "13", "--set", "fold_batch_norm=true"))
                .as(err.toString())
                .isZero();
        byte[] folded = Files.readAllBytes(written("candidate-0.onnx"));
        assertThat(export(search, "0", "--format", "onnx")).isZero();
        assertThat(Files.readAllBytes(written("candidate-0.onnx"))).isNotEqualTo(folded);
        assertThat(export(search, "0", "--format", "pytorch")).isZero();
        assertThat(written("candidate-0.py")).content().contains("import torch");
    }

    @Test
    void aLayerWithEverythingAboutIt() throws Exception {
        String layers;
        try (ServiceClient client = new ServiceClient(service.address())) {
            layers = client.create("""
                {"name": "layers", "objectives": [{"metric": "noop"}], "strategy": {"name": "random"},
                 "space": {"name": "evonorm"}, "budget": {"evaluations": 2}}
                """).path("id").asText();
            while (client.search(layers).path("ended_by").isNull()) {
                Thread.sleep(20);
            }
        }
        assertThat(export(layers, "0", "--format", "layer", "--set", "channels=8"))
                .as(err.toString())
                .isZero();
        try (ZipFile zip = new ZipFile(written("candidate-0.zip").toFile())) {
            assertThat(zip.getEntry("phyla-" + layers + "-0/layer.onnx")).isNotNull();
        }
        assertThat(export(layers, "0", "--format", "keras")).isZero();
        assertThat(written("candidate-0.keras.py")).content().contains("import keras");
        assertThat(export(search, "0", "--format", "keras")).isEqualTo(1);
        assertThat(err.toString()).contains("is a network");
    }

    @Test
    void aWholeSearchAsAZip() throws Exception {
        assertThat(export(search, "--all")).as(err.toString()).isZero();
        try (ZipFile zip = new ZipFile(written("phyla-" + search + ".zip").toFile())) {
            assertThat(zip.getEntry("phyla-" + search + "/journal.csv")).isNotNull();
        }
    }

    @Test
    void aTrainingAndACandidateWithItsWeights() throws Exception {
        assertThat(export("--training", training, "--format", "safetensors"))
                .as(err.toString())
                .isZero();
        byte[] trained = Files.readAllBytes(written("phyla-" + training + ".safetensors"));
        assertThat(export(search, "0", "--training", training, "--format", "safetensors"))
                .isZero();
        assertThat(written("candidate-0.safetensors")).hasBinaryContent(trained);
    }

    @Test
    void anUploadedModel() throws Exception {
        assertThat(export(search, "0", "--format", "onnx")).isZero();
        String id;
        try (ServiceClient client = new ServiceClient(service.address())) {
            id = client.upload("/v1/models", "mine", written("candidate-0.onnx"))
                    .item()
                    .path("id")
                    .asText();
        }
        assertThat(export("--model", id, "--format", "pytorch")).isZero();
        assertThat(written("phyla-" + id.substring(0, 16) + ".py")).content().contains("import torch");
    }

    @Test
    void saysWhatDoesNotGo() throws Exception {
        assertThat(export(search, "0", "--format", "onx")).isEqualTo(1);
        assertThat(err.toString()).contains("did you mean 'onnx'?");
        assertThat(export(search, "0", "--format", "onnx", "--opset", "99")).isEqualTo(1);
        assertThat(err.toString()).contains("opset", "at most 26");
        assertThat(export()).isEqualTo(2);
        assertThat(export(search, "0", "--all")).isEqualTo(2);
        assertThat(export("--model", "abc", "--training", training)).isEqualTo(2);
        assertThat(err.toString())
                .contains("--all goes with SEARCH alone", "--model goes alone")
                .doesNotContain("\tat ");
        Files.createDirectories(directory.resolve("out"));
        try (Stream<Path> left = Files.list(directory.resolve("out"))) {
            assertThat(left).noneMatch(each -> each.toString().endsWith(".part"));
        }
    }
}
