package io.phyla.spaces.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.spaces.Decision;
import io.phyla.spaces.Genome;
import io.phyla.spaces.design.Extent;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.NetworkCost;
import io.phyla.spaces.design.Shape;
import io.phyla.spaces.zoo.MobileNetV2;
import java.math.BigInteger;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What documents mean. */
class MeaningTest {

    private static TemplateSpace space(String layers) {
        return space("", layers);
    }

    private static TemplateSpace space(String more, String layers) {
        String text = "{\"name\":\"n\",\"input\":[4,8,8]," + more + "\"layers\":[" + layers.replace('\'', '"') + "]}";
        JsonNode document = Samples.read(text.replace('\'', '"'));
        assertThat(TemplateDocument.check(document)).isEmpty();
        return Samples.space(document);
    }

    private static List<String> layers(Network network) {
        return network.nodes().stream().skip(1).map(Network.Node::name).toList();
    }

    /** A stage as Once-for-All has it: 2, 3 or 4 blocks, kernel and expansion of each in one unit. */
    @Test
    void decisionsOfARepetitionExistOnlyUnderItsDepth() {
        TemplateSpace space = space("""
            {'repeat': {'int': [2, 4]}, 'name': 'stage2', 'layers': [
              {'op': 'inverted_residual', 'channels': 4, 'kernel': {'choice': [3, 5, 7], 'unit': 'shape'},
               'expansion': {'choice': [3, 4, 6], 'unit': 'shape'}}]}\
            """);
        assertThat(space.size()).isEqualTo(BigInteger.valueOf(7371));
        assertThat(space.decisions()).hasSize(9);
        Decision third = space.decisions().get(6);
        assertThat(third.name()).isEqualTo("stage2.block3.kernel");
        assertThat(third.unit()).isEqualTo("stage2.block3.shape");
        assertThat(third.when()).isEqualTo(new Decision.When("stage2.depth", Set.of(1, 2)));
        assertThat(third.numeric())
                .isEqualTo(new Decision.Numeric(true, Decision.Scale.LINEAR, List.of(3.0, 5.0, 7.0)));
        assertThat(space.decisions().get(2).when()).isNull();
        assertThat(layers(space.decode(Genome.parse("0.0.0.0.0.0.0.0.0"))))
                .contains("stage2.block2.body.expand.convolution")
                .noneMatch(each -> each.startsWith("stage2.block3"));
    }

    @Test
    void aConditionNestsUnderTheOptionAroundIt() {
        TemplateSpace space = space("""
            {'choice': [
              {'name': 'none', 'layers': []},
              {'name': 'some', 'layers': [{'repeat': {'int': [0, 2]}, 'name': 'deep', 'layers': [
                {'op': 'activation', 'function': {'choice': ['relu', 'tanh', 'gelu']}}]}]}], 'name': 'pick'},
            {'op': 'activation'}\
            """);
        assertThat(space.size()).isEqualTo(BigInteger.valueOf(1 + 1 + 3 + 9));
        assertThat(space.decisions())
                .extracting(Decision::name)
                .containsExactly(
                        "pick",
                        "pick.some.deep.depth",
                        "pick.some.deep.block1.function",
                        "pick.some.deep.block2.function");
        assertThat(space.text(Genome.parse("1.1.2.0")))
                .isEqualTo("pick=some pick.some.deep.depth=1 pick.some.deep.block1.function=gelu");
        assertThat(layers(space.decode(Genome.parse("0.0.0.0")))).containsExactly("activation");
    }

    @Test
    void oneDecisionServesSeveralPlaces() {
        TemplateSpace space = space("'decisions': {'width': {'choice': [8, 16]}},", """
            {'op': 'convolution', 'channels': {'decision': 'width'}, 'kernel': 1},
            {'op': 'convolution', 'channels': {'mul': [{'decision': 'width'}, 2]}, 'kernel': 1},
            {'op': 'convolution', 'channels': {'div': [{'decision': 'width'}, 3]}, 'kernel': 1}\
            """);
        assertThat(space.size()).isEqualTo(BigInteger.TWO);
        assertThat(space.decode(Genome.of(1)).shapes())
                .extracting(Shape::channels)
                .containsExactly(4, 16, 32, 6);
    }

    @Test
    void namesOfItemsMakeGraphs() {
        TemplateSpace space = space("""
            {'op': 'convolution', 'name': 'a', 'channels': 6, 'kernel': {'choice': [1, 3]}},
            {'op': 'convolution', 'name': 'b', 'channels': {'shape': 'channels', 'of': 'a'}, 'kernel': 3, 'inputs': ['input']},
            {'op': 'add', 'inputs': ['a', 'b'], 'name': 'sum'},
            {'op': 'concat', 'inputs': ['sum', 'input', 'b']}\
            """);
        Network network = space.decode(Genome.of(0));
        assertThat(network.output()).isEqualTo(new Shape(16, 8, 8));
        assertThat(network.nodes().get(2).inputs()).containsExactly(0);
        assertThat(network.nodes().get(4).inputs()).containsExactly(3, 0, 2);
    }

    @Test
    void aResidualProjectsWhereShapesDiffer() {
        TemplateSpace space = space("""
            {'op': 'residual', 'name': 'r', 'layers': [
              {'op': 'convolution', 'channels': {'choice': [4, 8]}, 'kernel': 3, 'stride': {'choice': [1, 2]}}]}\
            """);
        assertThat(layers(space.decode(Genome.parse("0.0")))).containsExactly("r.convolution", "r.add");
        Network wider = space.decode(Genome.parse("1.1"));
        assertThat(layers(wider))
                .containsExactly("r.convolution", "r.shortcut.convolution", "r.shortcut.norm", "r.add");
        assertThat(wider.nodes().get(2).layer())
                .isEqualTo(new Layer.Convolution(8, Extent.ONE, Extent.of(2), Extent.ZERO, Extent.ONE, 1, false));
        assertThat(wider.output()).isEqualTo(new Shape(8, 4, 4));
    }

    @Test
    void defaultsKeepOrMultiplySizes() {
        TemplateSpace space = space("""
            {'op': 'convolution', 'channels': 4, 'kernel': {'choice': [1, 3, 5, [3, 1]]}, 'dilation': 2},
            {'op': 'transposed_convolution', 'channels': 4, 'kernel': {'choice': [2, 3, 4, 5]}, 'stride': 2, 'name': 'up'},
            {'op': 'pooling', 'kind': 'maximum', 'kernel': 2}\
            """);
        for (int kernel = 0; kernel < 4; kernel++) {
            for (int up = 0; up < 4; up++) {
                Network network = space.decode(Genome.of(kernel, up));
                assertThat(network.shapes())
                        .containsExactly(
                                new Shape(4, 8, 8), new Shape(4, 8, 8), new Shape(4, 16, 16), new Shape(4, 8, 8));
            }
        }
    }

    @Test
    void attentionScalesByTheChannelsOfAHead() {
        TemplateSpace space = space("{'op': 'attention', 'name': 'att', 'heads': {'choice': [1, 2]}}");
        Network network = space.decode(Genome.of(1));
        assertThat(network.nodes().get(4).layer()).isEqualTo(new Layer.MatrixProduct(2, true, 1 / Math.sqrt(2)));
        assertThat(network.shapes().get(4)).isEqualTo(new Shape(2 * 64, 8, 8));
        assertThat(network.output()).isEqualTo(new Shape(4, 8, 8));
    }

    /** The table of MobileNetV2 in the language has the parameters and operations of the zoo's. */
    @Test
    void invertedResidualsAreThoseOfMobileNetV2() {
        StringBuilder stages = new StringBuilder();
        int[][] table = {
            {1, 16, 1, 1}, {6, 24, 2, 1}, {6, 32, 3, 2}, {6, 64, 4, 2}, {6, 96, 3, 1}, {6, 160, 3, 2}, {6, 320, 1, 1}
        };
        for (int[] stage : table) {
            for (int block = 0; block < stage[2]; block++) {
                stages.append("{'op':'inverted_residual','expansion':%d,'channels':%d,'stride':%d},"
                        .formatted(stage[0], stage[1], block == 0 ? stage[3] : 1));
            }
        }
        String conv = "{'op':'convolution','channels':%d,'kernel':%d},{'op':'batch_normalization'},"
                + "{'op':'activation','function':{'choice':['relu6','relu']}},";
        String text = "{'name':'n','input':[3,32,32],'layers':[" + conv.formatted(32, 3) + stages
                + conv.formatted(1280, 1) + "{'op':'global_pooling'},{'op':'linear','features':10}]}";
        TemplateSpace space = Samples.space(Samples.read(text.replace('\'', '"')));
        NetworkCost here = NetworkCost.of(space.decode(Genome.of(0, 0)));
        NetworkCost zoo = NetworkCost.of(MobileNetV2.forSmallImages(1, 10).build());
        assertThat(here).isEqualTo(zoo);
    }

    @Test
    void aBlockIsUsedWithArguments() {
        TemplateSpace space = space(
                """
                'blocks': {'twice': {'parameters': {'kernel': {'choice': [1, 3]}, 'width': null}, 'layers': [
                  {'op': 'convolution', 'name': 'a', 'kernel': {'parameter': 'kernel'}, 'channels': {'parameter': 'width'}},
                  {'op': 'convolution', 'name': 'b', 'kernel': {'parameter': 'kernel'}, 'channels': {'parameter': 'width'}}]}},\
                """,
                "{'op': 'twice', 'name': 'x', 'width': 5}, {'op': 'twice', 'name': 'y', 'width': {'shape':"
                        + " 'channels'}, 'kernel': 1}");
        assertThat(space.decisions()).extracting(Decision::name).containsExactly("x.kernel");
        assertThat(layers(space.decode(Genome.of(0)))).containsExactly("x.a", "x.b", "y.a", "y.b");
        assertThat(space.decode(Genome.of(0)).output().channels()).isEqualTo(5);
    }

    @Test
    void aModelIsCutAndChanged() {
        TemplateSpace space = Samples.space(Samples.aroundAModel());
        assertThat(space.decisions())
                .extracting(Decision::name)
                .containsExactly(
                        "activation",
                        "backbone.pool.choice",
                        "backbone.pool.choice.excited.reduction",
                        "backbone.fc.hidden.depth",
                        "backbone.fc.hidden.block1.linear.features",
                        "backbone.fc.hidden.block1.dropout.probability",
                        "backbone.fc.hidden.block2.linear.features",
                        "backbone.fc.hidden.block2.dropout.probability");
        assertThat(space.size()).isEqualTo(BigInteger.valueOf(3L * (1 + 3) * (1 + 6 + 36)));
        Network changed = space.decode(Genome.parse("2.0.0.0.0.0.0.0"));
        assertThat(layers(changed))
                .containsExactly(
                        "backbone.conv1",
                        "backbone.norm1",
                        "backbone.relu1",
                        "backbone.conv2",
                        "backbone.relu2",
                        "backbone.add",
                        "backbone.pool.original",
                        "backbone.fc.classes");
        assertThat(changed.nodes().get(3).layer()).isEqualTo(new Layer.Activation(Layer.Activation.Function.GELU));
        assertThat(changed.nodes().get(6).inputs()).containsExactly(5, 3);
    }

    @Test
    void theIdentityOfADocumentIsItsMeaningAsJson() {
        JsonNode one = Samples.read("{\"name\":\"n\",\"input\":[3,8,8.0],\"layers\":[{\"op\":\"flatten\"}]}");
        JsonNode other = Samples.read("{\"layers\":[{\"op\":\"flatten\"}],\"input\":[3,8e0,8],\"name\":\"n\"}");
        assertThat(TemplateDocument.id(one))
                .isEqualTo(TemplateDocument.id(other))
                .hasSize(64);
        assertThat(TemplateDocument.id(Samples.read("{\"name\":\"m\"}"))).isNotEqualTo(TemplateDocument.id(one));
    }
}
