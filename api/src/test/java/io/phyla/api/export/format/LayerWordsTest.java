package io.phyla.api.export.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.api.export.Markdown;
import io.phyla.evaluators.layer.LayerDossier;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.evonorm.ReadyLayers;
import org.junit.jupiter.api.Test;

/** What a layer's pages say in words. */
class LayerWordsTest {

    private static String words(LayerProgram program) {
        Markdown text = new Markdown();
        LayerWords.write(text, LayerDossier.of(program, null));
        return text.toString();
    }

    /** A name at the largest distance there is would only be the first of a list. */
    @Test
    void theNearestLayerIsNamedIfThereIsOne() {
        LayerProgram crrelu = ReadyLayers.program("crrelu");
        LayerProgram scaled = new LayerProgram(
                crrelu.vectors(), crrelu.nodes(), crrelu.output(), true, crrelu.groupSize(), crrelu.epsilon());
        assertThat(words(ReadyLayers.program("evonorm_s0"))).contains("It is evonorm_s0.");
        assertThat(words(scaled)).contains("most like crrelu, at a distance of 0.");
        assertThat(words(LayerProgram.scaling()))
                .contains("It has no operation in common with any published layer.")
                .doesNotContain("bn_relu");
    }
}
