package io.phyla.spaces.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.spaces.Genome;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Shape;
import io.phyla.spaces.evonorm.ReadyLayers;
import io.phyla.spaces.nb201.Nb201Parameters;
import io.phyla.spaces.nb201.Nb201Space;
import io.phyla.spaces.program.Placement;
import io.phyla.spaces.zoo.MobileNetV2;
import io.phyla.spaces.zoo.ResNet;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What holds for every drawing, and what one shows. */
class DrawingTest {

    private static final Pattern ARROW = Pattern.compile("n(\\d+) -> n(\\d+)");

    private record Rectangle(int left, int top, int right, int bottom) {
        boolean meets(Rectangle other) {
            return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
        }
    }

    static Stream<Network> networks() {
        return Stream.of(
                ResNet.ofDepth(20, 10),
                ResNet.ofDepth(110, 10),
                MobileNetV2.forLargeImages(1).build(),
                Placement.place(ResNet.ofDepth(20, 10), ReadyLayers.program("evonorm_b0")),
                new Nb201Space(Nb201Parameters.CIFAR10).decode(Genome.parse("3.2.1.4.1.3")),
                new Nb201Space(Nb201Parameters.CIFAR10).decode(Genome.parse("0.0.0.0.0.0")),
                new Network.Builder(new Shape(3, 4, 4)).build(),
                chain(2_000),
                dense(300));
    }

    private static Network chain(int layers) {
        Network.Builder network = new Network.Builder(new Shape(3, 8, 8));
        for (int i = 1; i < layers; i++) {
            network.add("layer" + i, i % 2 == 0 ? Layer.Activation.RELU : Layer.Convolution.of(3, 3, 1, 1), i - 1);
        }
        return network.build();
    }

    /** Every layer reads all layers before it. */
    private static Network dense(int layers) {
        Network.Builder network = new Network.Builder(new Shape(1, 2, 2));
        List<Integer> all = new ArrayList<>(List.of(0, network.add("stem", Layer.Convolution.of(1, 1, 1, 0), 0)));
        for (int i = 0; i < layers / 2; i++) {
            int joined = network.add("join" + i, new Layer.Concat(), all.toArray(Integer[]::new));
            all.add(network.add("convolution" + i, Layer.Convolution.of(1, 1, 1, 0), joined));
        }
        return network.build();
    }

    private static Document parsed(String svg) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }

    private static int number(Element element, String attribute) {
        return Integer.parseInt(element.getAttribute(attribute));
    }

    /** The first rectangle of every group with a title. */
    private static List<Rectangle> boxes(Document svg) {
        List<Rectangle> boxes = new ArrayList<>();
        NodeList groups = svg.getElementsByTagName("g");
        for (int i = 0; i < groups.getLength(); i++) {
            Element group = (Element) groups.item(i);
            if (group.getElementsByTagName("title").getLength() == 1) {
                Element it = (Element) group.getElementsByTagName("rect").item(0);
                int x = number(it, "x");
                int y = number(it, "y");
                boxes.add(new Rectangle(x, y, x + number(it, "width"), y + number(it, "height")));
            }
        }
        return boxes;
    }

    @ParameterizedTest
    @MethodSource("networks")
    void everyLayerIsInAPictureWhoseBoxesStandApart(Network network) throws Exception {
        String svg = SvgDrawing.of(network);
        Document document = parsed(svg);
        List<Rectangle> boxes = boxes(document);
        Element root = document.getDocumentElement();
        assertThat(boxes).isNotEmpty().allSatisfy(each -> {
            assertThat(each.left()).isNotNegative();
            assertThat(each.top()).isNotNegative();
            assertThat(each.right()).isLessThanOrEqualTo(number(root, "width"));
            assertThat(each.bottom()).isLessThanOrEqualTo(number(root, "height"));
        });
        for (int i = 0; i < boxes.size(); i++) {
            for (int j = 0; j < i; j++) {
                assertThat(boxes.get(i).meets(boxes.get(j)))
                        .as("%s on %s", boxes.get(i), boxes.get(j))
                        .isFalse();
            }
        }
        String text = root.getTextContent();
        assertThat(network.nodes()).allSatisfy(each -> assertThat(text).contains(each.name() + ": "));
        assertThat(svg).doesNotContain("<script", "href", "url(").isEqualTo(SvgDrawing.of(network));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void dotHasEveryLayerAndEveryEdge(Network network) {
        String dot = Graphviz.of(network);
        List<String> drawn = new ArrayList<>();
        Matcher arrows = ARROW.matcher(dot);
        while (arrows.find()) {
            drawn.add(arrows.group(1) + ">" + arrows.group(2));
        }
        List<String> edges = new ArrayList<>();
        for (int i = 0; i < network.nodes().size(); i++) {
            for (int input : network.nodes().get(i).inputs()) {
                edges.add(input + ">" + i);
            }
        }
        assertThat(drawn).isEqualTo(edges);
        assertThat(dot.lines().filter(each -> each.matches("  n\\d+ \\[label=.*")))
                .hasSize(network.nodes().size());
    }

    @Test
    void layersAreWrittenAsInPapers() {
        Network network = MobileNetV2.forLargeImages(1).build();
        assertThat(SvgDrawing.of(network))
                .contains(">3x3 conv 32 /2 · BN · ReLU6</text>", ">3x3 dw conv 96 /2 · BN · ReLU6</text>")
                .contains(">stem · 32x112x112</text>", ">1x1 conv 16 · BN</text>", ">linear 1000</text>");
    }

    /** The rectified input of an edge belongs to its convolution, not to the sum before it. */
    @Test
    void preActivationsOpenTheirConvolutionsBox() {
        Network network = new Nb201Space(Nb201Parameters.CIFAR10).decode(Genome.parse("3.3.3.3.3.3"));
        assertThat(SvgDrawing.of(network))
                .contains(">ReLU · 3x3 conv 16 · BN</text>")
                .doesNotContain("add · ReLU");
    }

    /** Names of uploaded models may hold anything. */
    @Test
    void namesCannotBreakOut() throws Exception {
        Network.Builder builder = new Network.Builder(new Shape(1, 2, 2));
        builder.add("</title><script>\"&'\\\u0001\uD800", Layer.Activation.RELU, 0);
        Network network = builder.build();
        assertThat(boxes(parsed(SvgDrawing.of(network)))).hasSize(2);
        assertThat(SvgDrawing.of(network)).doesNotContain("<script");
        assertThat(Graphviz.of(network)).contains("tooltip=\"</title><script>\\\"&'\\\\ ");
    }

    @Test
    void aLongNetworkIsBrokenIntoColumns() throws Exception {
        Element root = parsed(SvgDrawing.of(ResNet.ofDepth(110, 10))).getDocumentElement();
        assertThat((double) number(root, "width") / number(root, "height")).isBetween(0.7, 3.0);
    }

    @Test
    void aProgramIsDrawnAsWhatItIs() {
        String text = Graphviz.of(Placement.place(ResNet.ofDepth(20, 10), ReadyLayers.program("evonorm_b0")));
        assertThat(text).contains("program B of 6").contains("scale, shift");
        assertThat(Graphviz.of(ReadyLayers.program("swish").network())).contains("program S of 3");
    }
}
