package io.phyla.spaces.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.LayerProgram.Series;
import io.phyla.spaces.evonorm.EvoNormParameters;
import io.phyla.spaces.evonorm.EvoNormSpace;
import io.phyla.spaces.evonorm.ReadyLayers;
import io.phyla.spaces.schema.Json;
import io.phyla.spaces.schema.Problem;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgramJsonTest {

    private static final EvoNormSpace SPACE = new EvoNormSpace(EvoNormParameters.of(Series.B));

    @Property(tries = 200)
    void readsWhatItWrites(@ForAll long seed) {
        LayerProgram program = SPACE.decode(SPACE.sample(new java.util.SplittableRandom(seed)));
        assertThat(ProgramJson.read(ProgramJson.write(program))).isEqualTo(program);
    }

    @Test
    void readsReadyLayersAndDefaults() throws JsonProcessingException {
        ReadyLayers.all()
                .forEach((name, program) -> assertThat(ProgramJson.read(ProgramJson.write(program)))
                        .as(name)
                        .isEqualTo(program));
        LayerProgram swish = ProgramJson.read(json(
                "{'nodes':[{'operation':'sigmoid','inputs':[0]},{'operation':'mul','inputs':[0,2]}],'output':3}"));
        assertThat(Formula.of(swish).text()).isEqualTo("x * sigmoid(x) * gamma + beta");
        assertThat(swish.epsilon()).isEqualTo(LayerProgram.EPSILON);
    }

    @ParameterizedTest(name = "{1}: {2}")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "{}; /output; is required",
                "[]; ; must be an object, not an array",
                "{'output': 2}; /output; must be a value's number, 0 to 1, not 2",
                "{'output': 0, 'scale': 1}; /scale; unknown member 'scale'",
                "{'output': 0, 'nodes': [{'operation': 'relu', 'inputs': [0]}]}; /nodes/0/operation; unknown value 'relu'",
                "{'output': 0, 'nodes': [{'operation': 'add', 'inputs': [0]}]}; /nodes/0/inputs; node 2 (add) takes two inputs, not 1",
                "{'output': 0, 'nodes': [{'operation': 'neg', 'inputs': [0, 1]}]}; /nodes/0/inputs; node 2 (neg) takes one input, not 2",
                "{'output': 0, 'nodes': [{'operation': 'max', 'inputs': [0, 2]}]}; /nodes/0/inputs/1; node 2 (max) must take a value before it, 0 to 1, not 2",
                "{'output': 0, 'nodes': [{'operation': 'abs', 'inputs': [-1]}]}; /nodes/0/inputs/0; node 2 (abs) must take a value before it",
                "{'output': 0, 'nodes': [{'operation': 'abs', 'inputs': ['x']}]}; /nodes/0/inputs/0; must be a whole number",
                "{'output': 0, 'vectors': [{'name': 'V', 'initial': 0}]}; /vectors/0; a vector is called like v0",
                "{'output': 0, 'vectors': [{'name': 'a', 'initial': 0}, {'name': 'a', 'initial': 0}]}; ; the name a is taken",
                "{'output': 0, 'epsilon': 1}; ; epsilon must be at least 0 and below 1",
                "{'output': 0, 'group_size': -1}; /group_size; at least 0",
            })
    void saysWhatIsWrongAndWhere(String document, String pointer, String detail) throws JsonProcessingException {
        List<Problem> problems = new ArrayList<>();
        assertThat(ProgramJson.read(json(document), "/layer", problems)).isNull();
        assertThat(problems).hasSize(1);
        assertThat(problems.getFirst().pointer()).isEqualTo("/layer" + (pointer == null ? "" : pointer));
        assertThat(problems.getFirst().detail()).contains(detail);
    }

    @Test
    void saysEverythingAtOnceOrTheFirst() throws JsonProcessingException {
        JsonNode wrong = json("{'output': 9, 'nodes': [{'operation': 'add', 'inputs': [5]}]}");
        List<Problem> problems = new ArrayList<>();
        ProgramJson.read(wrong, "", problems);
        assertThat(problems)
                .extracting(Problem::pointer)
                .containsExactly("/nodes/0/inputs", "/nodes/0/inputs/0", "/output");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProgramJson.read(wrong))
                .withMessage("program/nodes/0/inputs: node 2 (add) takes two inputs, not 1");
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return Json.MAPPER.readTree(text.replace('\'', '"'));
    }
}
