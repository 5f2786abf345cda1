package io.phyla.api.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.spaces.schema.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonExporterTest implements ExporterContract {

    @Override
    public Exporter exporter() {
        return new JsonExporter();
    }

    private static JsonNode export(Specimen specimen) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new JsonExporter().write(specimen, out);
        return Json.MAPPER.readTree(out.toByteArray());
    }

    @Test
    void everyFigureHasItsSource() throws IOException {
        for (Specimen specimen : ExporterContract.specimens()) {
            JsonNode json = export(specimen);
            List<String> sources = json.at("/provenance/evaluators").findValues("metrics").stream()
                    .flatMap(each -> each.findValuesAsText("name").stream())
                    .toList();
            assertThat(sources)
                    .containsExactlyInAnyOrderElementsOf(
                            specimen.candidate().measurements().keySet());
            assertThat(json.at("/provenance/changed_since")).hasSize(1);
            assertThat(json.at("/provenance/reproduce").asText()).contains("phyla 1.2.3");
            assertThat(json.at("/provenance/evaluation/seed").asText()).matches("-?\\d+");
        }
    }

    @Test
    void whatMovedOnSinceTheStartIsSaid() {
        StartedWith then = new StartedWith("1.0.0", Map.of("noop", 1, "cost", 1, "gone", 3), "avx2");
        assertThat(StartedWith.parse(then.json())).isEqualTo(then);
        assertThat(then.changes(then)).isEmpty();
        StartedWith now = new StartedWith("1.1.0", Map.of("noop", 2, "cost", 1), "avx512");
        assertThat(then.changes(now))
                .containsExactly(
                        "phyla was 1.0.0 and is 1.1.0",
                        "the engine used avx2 and uses avx512, which differs in the last digits",
                        "evaluator gone had version 3 and has none",
                        "evaluator noop had version 1 and has version 2");
    }

    /** A file by the hash that the document carries, the built-in data by that of its images, nothing else. */
    @Test
    void dataIsKnownByItsContent() throws IOException {
        String sha256 = "0123456789abcdef".repeat(4);
        Specimen specimen = ExporterContract.specimens().getFirst();
        ObjectNode document = specimen.document().deepCopy();
        ObjectNode evaluators = document.putObject("evaluators");
        evaluators.putObject("nb201-table").put("table", "nb201@" + sha256);
        evaluators.putObject("proxies").put("data", "glyphs").put("batch", 64);
        JsonNode provenance = export(new Specimen(
                        specimen.search(),
                        document,
                        specimen.space(),
                        specimen.candidate(),
                        specimen.started(),
                        specimen.changes(),
                        specimen.summary(),
                        specimen.lineage(),
                        specimen.lineageTruncated()))
                .path("provenance");
        assertThat(provenance.path("data")).hasSize(2);
        assertThat(provenance.at("/data/0"))
                .isEqualTo(
                        Json.MAPPER.readTree("{\"name\":\"nb201\",\"sha256\":\"" + sha256 + "\",\"built_in\":false}"));
        assertThat(provenance.at("/data/1/name").asText()).isEqualTo("glyphs");
        assertThat(provenance.at("/data/1/built_in").asBoolean()).isTrue();
        assertThat(provenance.path("reproduce").asText()).contains("phyla search document.json --data nb201=FILE'");
    }
}
