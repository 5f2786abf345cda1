package io.phyla.api.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.api.export.format.JsonExporter;
import io.phyla.api.export.subject.CandidateSubject;
import io.phyla.api.export.subject.Specimen;
import io.phyla.search.progress.SearchState;
import io.phyla.spaces.schema.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where every figure in the JSON form comes from. */
class JsonExporterTest {

    private static JsonNode export(Specimen specimen) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new JsonExporter().write(new CandidateSubject(specimen), new Exporter.NoOptions(), out);
        return Json.MAPPER.readTree(out.toByteArray());
    }

    @Test
    void everyFigureHasItsSource() throws IOException {
        for (Specimen specimen : Samples.specimens()) {
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

    /** A file by the hash that the document carries, the built-in data by that of its images, nothing else. */
    @Test
    void dataIsKnownByItsContent() throws IOException {
        String sha256 = "0123456789abcdef".repeat(4);
        Specimen specimen = Samples.specimens().getFirst();
        ObjectNode document = specimen.facts().document().deepCopy();
        ObjectNode evaluators = document.putObject("evaluators");
        evaluators.putObject("nb201-table").put("table", "nb201@" + sha256);
        evaluators.putObject("proxies").put("data", "glyphs").put("batch", 64);
        JsonNode provenance = export(new Specimen(
                        Samples.facts(Samples.setup(), document, SearchState.FINISHED, List.of()),
                        specimen.candidate(),
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
