package io.phyla.evaluators.layer;

import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.evaluators.export.SamplePrograms;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.LayerProgram.Series;
import io.phyla.spaces.design.Operation;
import io.phyla.spaces.evonorm.ReadyLayers;
import io.phyla.spaces.schema.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is known of published layers is found. */
class CertificatesTest {

    @ParameterizedTest
    @CsvSource({
        "bn_relu, true, false",
        "gn_relu, true, true",
        "in_relu, true, true",
        "frn_tlu, true, true",
        "evonorm_b0, true, false",
        "evonorm_b1, false, false",
        "evonorm_b2, true, false",
        "evonorm_s0, false, true",
        "evonorm_s1, false, true",
        "evonorm_s2, false, true",
        "swish, false, true",
    })
    void invariances(String name, boolean scale, boolean batch) {
        Certificates certificates = Certificates.of(ReadyLayers.program(name), null);
        assertThat(certificates.scaleInvariance().holds()).isEqualTo(scale);
        assertThat(certificates.batchInvariance().holds()).isEqualTo(batch);
        assertThat(certificates.series()).isEqualTo(batch ? Series.S : Series.B);
        assertThat(certificates.advice()).startsWith(batch ? "S: " : "B: ");
    }

    /** Nothing breaks at constant inputs and maps of one pixel, where unbiased variances do. */
    @Test
    void everyReadyLayerIsFiniteAndTheSameInEvaluation() {
        ReadyLayers.all().forEach((name, program) -> {
            Certificates certificates = Certificates.of(program, 2.5);
            assertThat(certificates.finite()).as(name).isEqualTo(new Certificates.Finite(true, true, true));
            assertThat(certificates.evaluationParity().holds()).as(name).isTrue();
            assertThat(certificates.worstGradient()).isEqualTo(2.5);
        });
    }

    @Test
    void batchNormalisationStoresTwoAveragesAndTheEvolvedLayerOne() {
        assertThat(Certificates.movingAverages(ReadyLayers.program("bn_relu")))
                .extracting(Certificates.MovingAverage::of)
                .containsExactlyInAnyOrder("mean", "variance");
        assertThat(Certificates.movingAverages(SamplePrograms.published().get("evonorm-b0")))
                .containsExactly(new Certificates.MovingAverage("moment7", "variance", 7, 1));
    }

    @Test
    void whatIsNotFiniteIsNoNumberInJson() {
        LayerProgram.Node exp = LayerProgram.Node.of(Operation.EXP, 0);
        LayerProgram program = new LayerProgram(List.of(), List.of(exp), 2, false, 0, LayerProgram.EPSILON);
        String json = Json.MAPPER.valueToTree(Certificates.of(program, null)).toString();
        assertThat(json)
                .contains("\"scale_invariance\":{\"holds\":false,\"tolerance\":1.0E-6}")
                .doesNotContain("NaN", "worst_gradient");
    }
}
