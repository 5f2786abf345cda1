package io.phyla.api.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.search.candidate.Candidate;
import io.phyla.search.candidate.CandidateState;
import io.phyla.search.candidate.Cause;
import io.phyla.search.candidate.Origin;
import io.phyla.search.document.DocumentReader;
import io.phyla.search.document.SearchSetup;
import io.phyla.search.fixture.NoArtifacts;
import io.phyla.search.progress.Summary;
import io.phyla.spaces.Genome;
import io.phyla.spaces.schema.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What every exporter promises: a test class that implements this and names an exporter checks it. */
interface ExporterContract {

    Exporter exporter();

    @Test
    default void describesItself() {
        assertThat(exporter().name()).matches("[a-z][a-z0-9-]{0,40}");
        assertThat(exporter().description()).isNotBlank().endsWith(".");
        assertThat(exporter().mediaType()).matches("[a-z]+/[a-z0-9.+-]+");
        assertThat(exporter().extension()).matches("[a-z0-9]{1,10}");
    }

    @Test
    default void isFound() {
        assertThat(ServiceLoader.load(Exporter.class))
                .extracting(Exporter::name)
                .containsOnlyOnce(exporter().name());
    }

    /** The same bytes each time, or a reason why this candidate has no such file; never half a file. */
    @Test
    default void writesAFileOrSaysWhyNot() throws IOException {
        for (Specimen specimen : specimens()) {
            Unclosed out = new Unclosed();
            try {
                exporter().write(specimen, out);
            } catch (IllegalArgumentException e) {
                assertThat(e).message().isNotBlank();
                assertThat(out.size()).isZero();
                continue;
            }
            assertThat(out.size()).isPositive();
            assertThat(out.closed).as("the stream belongs to the caller").isFalse();
            Unclosed again = new Unclosed();
            exporter().write(specimen, again);
            assertThat(again.toByteArray()).isEqualTo(out.toByteArray());
        }
    }

    /** Remembers whether somebody closed it. */
    final class Unclosed extends ByteArrayOutputStream {
        private boolean closed;

        @Override
        public void close() {
            closed = true;
        }
    }

    /** Candidates of every state that can be exported, with and without parents. */
    static List<Specimen> specimens() throws IOException {
        SearchSetup setup = setup();
        SplittableRandom random = new SplittableRandom(1);
        List<Specimen> specimens = new ArrayList<>();
        List<Candidate> lineage = new ArrayList<>();
        for (CandidateState state : CandidateState.values()) {
            Candidate candidate = candidate(setup, state, lineage, random);
            lineage.addFirst(candidate);
            specimens.add(new Specimen(
                    "0123456789abcdef",
                    Json.MAPPER.valueToTree(setup.document()),
                    setup.space(),
                    candidate,
                    StartedWith.now("1.2.3"),
                    List.of("evaluator noop had version 1 and has version 2"),
                    Summary.EMPTY,
                    List.copyOf(lineage),
                    state == CandidateState.FAILED));
        }
        return specimens;
    }

    private static Candidate candidate(
            SearchSetup setup, CandidateState state, List<Candidate> before, SplittableRandom random) {
        Genome genome = setup.space().sample(random);
        Origin origin = before.isEmpty()
                ? new Origin("random", List.of(), List.of())
                : new Origin("mutation", List.of(before.getFirst().number()), List.of(new Origin.Change(0, 1, 2)));
        boolean measured = state == CandidateState.MEASURED;
        return new Candidate(
                before.size(),
                setup.space().key(genome),
                genome,
                origin,
                state,
                measured ? Map.of("noop", 1 / 3d, "params", 1234.0) : Map.of(),
                measured ? null : new Cause(Cause.Kind.TIMED_OUT, "1000 ms, <b>\"\u00e9\""),
                state == CandidateState.DUPLICATE ? 0L : null,
                0.5,
                new Candidate.Work(1, "worker-1", 12, 1_700_000_000_000L));
    }

    private static SearchSetup setup() throws IOException {
        String document = """
            {"name": "exported", "space": {"name": "nb201", "parameters": {"channels": 4, "cells": 1, "classes": 10}},
             "objectives": [{"metric": "noop"}], "strategy": {"name": "random"}, "budget": {"evaluations": 100}}
            """;
        return switch (DocumentReader.read(Json.MAPPER.readTree(document), new NoArtifacts())) {
            case DocumentReader.Result.Accepted accepted -> accepted.setup();
            case DocumentReader.Result.Refused refused ->
                throw new AssertionError(refused.problems().toString());
        };
    }
}
