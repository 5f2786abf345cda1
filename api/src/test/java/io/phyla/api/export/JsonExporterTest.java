package io.phyla.api.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.search.port.Artifacts.Artifact;
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
        String first = "0".repeat(64);
        StartedWith then = new StartedWith(
                "1.0.0", Map.of("noop", 1, "cost", 1, "gone", 3), List.of(new Artifact("images", first, 10)));
        assertThat(StartedWith.parse(then.json())).isEqualTo(then);
        assertThat(then.changes(then)).isEmpty();
        StartedWith now = new StartedWith(
                "1.1.0", Map.of("noop", 2, "cost", 1), List.of(new Artifact("images", "1".repeat(64), 10)));
        assertThat(then.changes(now))
                .containsExactly(
                        "phyla was 1.0.0 and is 1.1.0",
                        "evaluator gone had version 3 and has none",
                        "evaluator noop had version 1 and has version 2",
                        "data images had sha256 " + first + " and is another file or gone");
    }
}
