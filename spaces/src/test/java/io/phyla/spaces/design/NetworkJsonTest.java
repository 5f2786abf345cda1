package io.phyla.spaces.design;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
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
}
