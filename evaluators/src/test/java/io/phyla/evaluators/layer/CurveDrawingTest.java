package io.phyla.evaluators.layer;

import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.spaces.evonorm.ReadyLayers;
import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class CurveDrawingTest {

    /** A value and a slope for each curve, and nothing but numbers and moves in them. */
    @Test
    void everyReadyLayerIsDrawn() throws Exception {
        for (String name : ReadyLayers.all().keySet()) {
            var curves = ResponseCurves.of(ReadyLayers.program(name));
            String svg = CurveDrawing.of(curves);
            Document document = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(svg)));
            assertThat(document.getElementsByTagName("path").getLength()).isEqualTo(1 + 3 * curves.size());
            assertThat(svg).doesNotContain("NaN").doesNotContain("Infinity");
        }
    }
}
