package io.phyla.runs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.spaces.schema.Json;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private static final String SEARCH = """
        {"progress":{"evaluations":12,"rate":1.5},"document":{"budget":{"evaluations":100}},"front_size":2,
         "state":"running","funnel":null}\
        """;

    @Test
    void saysHowMuchWasScreenedWhereThereIsAFunnel() throws JsonProcessingException {
        JsonNode plain = Json.MAPPER.readTree(SEARCH);
        assertThat(Progress.line(plain)).isEqualTo("12/100 evaluated  1.5/s  front 2  running");
        JsonNode screened = Json.MAPPER.readTree(SEARCH.replace("\"funnel\":null", """
            "funnel":{"drawn":120,"measured":7,"stages":[{"name":"structure","phase":"screen","rejected":90},
             {"name":"affine","phase":"screen","rejected":4},{"name":"duplicate","phase":"proposal","rejected":14},
             {"name":"unstable","phase":"evaluation","rejected":5}]}\
            """));
        assertThat(Progress.line(screened)).isEqualTo("12/100 evaluated  1.5/s  screened 94  front 2  running");
    }
}
