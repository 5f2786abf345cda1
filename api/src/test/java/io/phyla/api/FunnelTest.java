package io.phyla.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.api.search.SearchJson;
import io.phyla.search.candidate.Cause;
import io.phyla.search.progress.Summary;
import io.phyla.search.progress.Tolls;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FunnelTest {

    @Test
    void saysWhereEverythingWent() {
        Map<String, Long> screened = new LinkedHashMap<>();
        screened.put("structure", 660L);
        screened.put("non_finite", 0L);
        Tolls tolls = new Tolls(
                screened, Map.of(Cause.Kind.INFEASIBLE, 1L, Cause.Kind.LOW_QUALITY, 26L, Cause.Kind.NON_FINITE, 4L));
        JsonNode funnel = SearchJson.funnel(new Summary(8, 30, 1, 12, 9, 3, 2, 4L, .5, tolls));
        Conformance.valid("Funnel", funnel.toString());
        List<String> stages = new ArrayList<>();
        long rejected = 0;
        for (JsonNode stage : funnel.path("stages")) {
            stages.add(stage.path("phase").asText() + " " + stage.path("name").asText());
            rejected += stage.path("rejected").asLong();
        }
        assertThat(stages)
                .containsExactly(
                        "screen structure",
                        "screen non_finite",
                        "proposal duplicate",
                        "evaluation low_quality",
                        "evaluation non_finite",
                        "evaluation unstable",
                        "proposal infeasible");
        assertThat(funnel.path("drawn").asLong())
                .isEqualTo(rejected + funnel.path("measured").asLong())
                .isEqualTo(660 + 51);
    }

    @Test
    void isMissingWhereNothingIsScreened() {
        assertThat(SearchJson.funnel(Summary.EMPTY).isNull()).isTrue();
        Conformance.valid("Funnel", "null");
    }
}
