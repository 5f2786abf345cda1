package io.phyla.spaces.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.spaces.Genome;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.evonorm.ReadyLayers;
import io.phyla.spaces.schema.Json;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Layer programs in documents. */
class ProgramFormTest {

    private static final String WHOLE = "{'vectors':[{'name':'v1','initial':1.0}],'nodes':[{'operation':'mul','inputs':[0,2]},"
            + "{'operation':'sigmoid','inputs':[3]}],'output':4,'affine':true,'group_size':4,'epsilon':0.001}";

    private static ObjectNode document(String item) {
        String text = "{'name':'n','input':[8,8,8],'layers':[{'op':'convolution','channels':8,'kernel':{'choice':[1,3]}},"
                + item + "]}";
        return (ObjectNode) Samples.read(text.replace('\'', '"'));
    }

    private static TemplateSpace space(String item) {
        assertThat(TemplateDocument.check(document(item))).isEmpty();
        assertThat(new SchemaJudge().accepts(document(item))).isTrue();
        return Samples.space(document(item));
    }

    private static Layer last(String item, String genome) {
        return space(item).decode(Genome.parse(genome)).nodes().getLast().layer();
    }

    @Test
    void aPublishedLayerIsNamed() {
        assertThat(last("{'op':'program','layer':'evonorm_s0'}", "0"))
                .isEqualTo(new Layer.Program(ReadyLayers.program("evonorm_s0")));
        assertThat(last("{'op':'program','layer':'polynorm'}", "0"))
                .isEqualTo(new Layer.Program(ReadyLayers.program("polynorm")));
        assertThat(last("{'op':'program','layer':'evonorm_b0','group_size':8,'epsilon':1e-3,'momentum':0.01}", "0"))
                .isEqualTo(new Layer.Program(ReadyLayers.program("evonorm_b0", 8, 1e-3), 0.01));
    }

    @Test
    void theNameAndEveryMemberMayBeDecided() {
        String item = "{'op':'program','layer':{'choice':['bn_relu','gn_relu']},'group_size':{'int':[4,8],'step':4},"
                + "'momentum':{'choice':[0.1,0.01]}}";
        assertThat(space(item).size()).isEqualTo(BigInteger.valueOf(16));
        assertThat(last(item, "0.1.1.1"))
                .isEqualTo(new Layer.Program(ReadyLayers.program("gn_relu", 8, 1e-5), 0.01));
        assertThat(last("{'op':'program','layer':'gn_relu','group_size':{'div':[{'shape':'channels'},4]}}", "0"))
                .isEqualTo(new Layer.Program(ReadyLayers.program("gn_relu", 2, 1e-5)));
    }

    @Test
    void aWholeProgramStandsAsExportsHaveIt() throws Exception {
        String item = "{'op':'program','program':" + WHOLE + ",'momentum':0.3}";
        Network network = space(item).decode(Genome.of(0));
        Layer layer = network.nodes().getLast().layer();
        assertThat(layer).isInstanceOf(Layer.Program.class);
        JsonNode json = Json.MAPPER.valueToTree(layer);
        assertThat(Json.MAPPER.readTree(json.toString()))
                .isEqualTo(document(item).at("/layers/1"));
    }

    @Test
    void aBlockActivatesItsConvolution() {
        Network network =
                space("{'op':'activated_convolution','channels':12,'layer':'evonorm_b0'}").decode(Genome.of(1));
        assertThat(network.nodes().getLast().name()).isEqualTo("activated_convolution.layer");
        assertThat(network.nodes().getLast().layer())
                .isEqualTo(new Layer.Program(ReadyLayers.program("evonorm_b0")));
        assertThat(network.output().channels()).isEqualTo(12);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "'layer':'evonrom_s0';/layers/1/layer;did you mean 'evonorm_s0'",
                "'layer':3;/layers/1/layer;layer must be one of bn_relu, ",
                "'momentum':0.1;/layers/1/layer;is required: A published layer, unless program",
                "'layer':'bn_relu','groups':8;/layers/1/groups;unknown member",
                "'layer':'bn_relu','group_size':-1;/layers/1/group_size;from 0 to 65536",
                "'layer':'bn_relu','epsilon':0.9;/layers/1/epsilon;from 0 to 0.5, or published",
                "'layer':'bn_relu','program':WHOLE;/layers/1/layer;not by both",
                "'program':WHOLE,'epsilon':1e-3;/layers/1/epsilon;stands in the program itself",
                "'program':WHOLE,'momentum':2;/layers/1/momentum;from 0 to 1",
                "'program':'bn_relu';/layers/1/program;must be an object",
                "'program':{'vectors':[],'nodes':[{'operation':'mull','inputs':[0,0]}],'output':2,'affine':true,"
                        + "'group_size':0,'epsilon':0};/layers/1/program/nodes/0/operation;mul",
                "'program':{'vectors':[],'nodes':[{'operation':'mul','inputs':[0]}],'output':2,'affine':true,"
                        + "'group_size':0,'epsilon':0};/layers/1/program/nodes/0/inputs;node 2 (mul) takes two inputs, not 1",
                "'program':{'vectors':[],'nodes':[],'output':7,'affine':true,'group_size':0,'epsilon':0};"
                        + "/layers/1/program/output;must be a value",
                "'program':{'vectors':[],'nodes':[],'affine':true,'group_size':0,'epsilon':0};"
                        + "/layers/1/program/output;is required",
            })
    void saysWhatIsWrong(String members, String pointer, String detail) {
        String item = "{'op':'program'," + members.replace("WHOLE", WHOLE) + "}";
        assertThat(TemplateDocument.check(document(item))).anySatisfy(each -> {
            assertThat(each.pointer()).isEqualTo(pointer);
            assertThat(each.detail()).contains(detail);
        });
    }
}
