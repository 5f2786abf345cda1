package io.phyla.spaces.design;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.spaces.evonorm.ReadyLayers;
import io.phyla.spaces.schema.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkJsonTest {

    private static final String NETWORK = """
        {"nodes":[
          {"name":"image","op":"input","shape":{"channels":3,"height":4,"width":4},"inputs":[],"params":0,"macs":0},
          {"name":"stem","op":"convolution","channels":2,"kernel":3,"stride":1,"padding":1,"dilation":1,"groups":1,
           "bias":false,"inputs":["image"],"shape":{"channels":2,"height":4,"width":4},"params":54,"macs":864},
          {"name":"pool","op":"pooling","kind":"average","kernel":3,"stride":1,"padding":1,"count_padding":false,
           "inputs":["stem"],"shape":{"channels":2,"height":4,"width":4},"params":0,"macs":0},
          {"name":"sum","op":"add","inputs":["stem","pool"],"shape":{"channels":2,"height":4,"width":4},
           "params":0,"macs":0}]}\
        """;

    @Test
    void writesWhatItReads() throws JsonProcessingException {
        JsonNode json = Json.MAPPER.readTree(NETWORK);
        assertThat(Json.MAPPER.readTree(
                        NetworkJson.write(NetworkJson.read(json)).toString()))
                .isEqualTo(json);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "\"inputs\":[\"stem\"];\"inputs\":[\"steem\"];layer 'pool': its input 'steem'",
                "\"op\":\"add\";\"op\":\"sub\";layer 'sum': ",
                "\"groups\":1,;;layer 'stem': ",
                "\"kernel\":3;\"kernel\":null;layer 'stem': ",
                "\"stride\":1;\"stryde\":1;layer 'stem': ",
                "\"name\":\"pool\";\"name\":7;layer number 2",
                "\"name\":\"sum\";\"name\":\"stem\";layer 'stem': another layer has this name",
            })
    void saysWhichLayerCannotBeRead(String part, String replaced, String fault) throws JsonProcessingException {
        String broken = NETWORK.replaceFirst(java.util.regex.Pattern.quote(part), replaced == null ? "" : replaced);
        assertThat(broken).isNotEqualTo(NETWORK);
        JsonNode json = Json.MAPPER.readTree(broken);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NetworkJson.read(json))
                .withMessageContaining(fault);
    }

    @Test
    void writesAndReadsPrograms() throws JsonProcessingException {
        Network.Builder builder = new Network.Builder(new Shape(8, 4, 4));
        int top = 0;
        for (var each : ReadyLayers.all().entrySet()) {
            top = builder.add(each.getKey(), new Layer.Program(each.getValue(), 0.2), top);
        }
        builder.add("scaling", new Layer.Program(LayerProgram.scaling()), top);
        Network network = builder.build();
        String text = NetworkJson.write(network).toString();
        assertThat(NetworkJson.read(Json.MAPPER.readTree(text))).isEqualTo(network);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "\"operation\":\"std_whcg\";\"operation\":\"std\";layer 'layer': Cannot construct",
                "\"operation\":\"std_whcg\";\"operation\":\"mul\";mul takes 2 inputs, not 1",
                "\"momentum\":0.1;\"momentum\":1.5;layer 'layer': the momentum of its moving averages must be from 0"
                        + " to 1",
                "\"affine\":true,;;layer 'layer': ",
                "\"group_size\":0;\"group_size\":-1;a group has at least one channel",
            })
    void saysWhatIsWrongWithAProgram(String part, String replaced, String fault) throws JsonProcessingException {
        String text =
                NetworkJson.write(ReadyLayers.program("evonorm_s0").network()).toString();
        String broken = text.replaceFirst(java.util.regex.Pattern.quote(part), replaced == null ? "" : replaced);
        assertThat(broken).isNotEqualTo(text);
        JsonNode json = Json.MAPPER.readTree(broken);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NetworkJson.read(json))
                .withMessageContaining(fault);
    }
}
