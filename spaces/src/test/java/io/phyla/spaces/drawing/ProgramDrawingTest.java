package io.phyla.spaces.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.LayerProgram.Series;
import io.phyla.spaces.evonorm.EvoNormParameters;
import io.phyla.spaces.evonorm.EvoNormSpace;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class ProgramDrawingTest {

    private static final EvoNormSpace SPACE = new EvoNormSpace(EvoNormParameters.of(Series.B));
    private static final LayerProgram B0 = SPACE.decode(SPACE.known().get("evonorm_b0"));

    @Test
    void showsWhatHasAPartInTheOutputAndNothingElse() throws Exception {
        assertThat(texts(SvgDrawing.of(B0)))
                .containsExactly(
                        "x", "input", "v1 * x", "node4", "std_wh(x)", "node5", "node4 + node5", "node6", "std_bwh(x)",
                        "node7", "max(node7, node6)", "node8", "x / node8", "node13", "node13 * gamma + beta", "output");
        assertThat(Graphviz.of(B0))
                .contains("n5 [label=\"max(node7, node6)\"")
                .contains("  n4 -> n5;\n  n3 -> n5;\n")
                .doesNotContain("node9");
    }

    /** A mutation may have changed a node that leads nowhere. */
    @Test
    void marksNodesByTheirNumbers() throws Exception {
        String svg = SvgDrawing.of(B0, Set.of(7, 11));
        NodeList boxes = elements(svg, "rect");
        List<String> marked = new ArrayList<>();
        for (int i = 0; i < boxes.getLength(); i++) {
            Element box = (Element) boxes.item(i);
            if (box.getAttribute("stroke-width").equals("3")) {
                marked.add(((Element) box.getParentNode())
                        .getElementsByTagName("title")
                        .item(0)
                        .getTextContent());
            }
        }
        assertThat(marked).containsExactly("node7 = std_bwh(x): std_bwh");
        assertThat(Graphviz.of(B0, Set.of(7, 11)).lines().filter(each -> each.contains("penwidth")))
                .hasSize(1)
                .allMatch(each -> each.contains("std_bwh(x)"));
        assertThat(SvgDrawing.of(B0)).doesNotContain(SvgDrawing.MARK);
    }

    @Test
    void isTitledByItsFormula() throws Exception {
        assertThat(elements(SvgDrawing.of(B0), "title").item(0).getTextContent())
                .isEqualTo("x / max(std_bwh(x), v1 * x + std_wh(x)) * gamma + beta");
    }

    @Test
    void everyGraphCanBeDrawn() throws Exception {
        EvoNormSpace large = new EvoNormSpace(new EvoNormParameters(Series.B, 60, true, 0, 1e-5));
        SplittableRandom random = new SplittableRandom(1);
        for (int graph = 0; graph < 200; graph++) {
            LayerProgram program = large.decode(large.sample(random));
            int boxes = program.liveNodes() + (program.live()[LayerProgram.X] ? 2 : 1);
            assertThat(elements(SvgDrawing.of(program), "rect").getLength()).isEqualTo(boxes);
            assertThat(Graphviz.of(program).lines().filter(each -> each.contains("tooltip")))
                    .hasSize(boxes);
        }
    }

    private static List<String> texts(String svg) throws Exception {
        NodeList texts = elements(svg, "text");
        List<String> list = new ArrayList<>();
        for (int i = 0; i < texts.getLength(); i++) {
            list.add(texts.item(i).getTextContent());
        }
        return list;
    }

    private static NodeList elements(String svg, String tag) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)))
                .getElementsByTagName(tag);
    }
}
