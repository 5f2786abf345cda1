package io.phyla.evaluators.anchor;

import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.evaluators.anchor.Anchor.Architecture;
import io.phyla.evaluators.anchor.AnchorParameters.Place;
import io.phyla.evaluators.anchor.Ascent.Outcome;
import io.phyla.evaluators.data.Glyphs;
import io.phyla.search.document.Parameters;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.LayerProgram.Node;
import io.phyla.spaces.design.LayerProgram.Vector;
import io.phyla.spaces.design.Operation;
import io.phyla.spaces.evonorm.ReadyLayers;
import io.phyla.spaces.schema.Json;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The verdicts that published layers and bare functions deserve, on four convolutions of eight channels. */
class AscentTest {

    private static final LayerProgram EXP = of(Node.of(Operation.EXP, 0));
    private static final LayerProgram RELU = of(Node.of(Operation.MAX, 0, 1));
    private static final LayerProgram IDENTITY = of();
    private static final int GROUP = 4;
    private static final long SEED = 1;

    private static LayerProgram of(Node... nodes) {
        List<Vector> vectors = List.of(new Vector("v0", 0), new Vector("v1", 1));
        return new LayerProgram(
                vectors, List.of(nodes), nodes.length == 0 ? 0 : 3 + nodes.length, true, 0, LayerProgram.EPSILON);
    }

    private static Outcome climb(LayerProgram program, Architecture network) {
        AnchorParameters parameters = parameters("""
            {"anchors": [{"network": "%s", "resolution": 8}]}\
            """.formatted(Anchor.word(network)));
        Station station = Station.of(parameters.anchors(), 12).getFirst();
        try (Ascent ascent = new Ascent(
                station.with(program, Place.NORMALIZATION_ACTIVATION),
                Glyphs.instance(),
                parameters.recipe(),
                parameters.stability(),
                SEED,
                1L << 28)) {
            return ascent.climb();
        }
    }

    private static AnchorParameters parameters(String json) {
        try {
            return Parameters.read(Json.MAPPER.readTree(json), AnchorParameters.class);
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evonorm_b0",
                "evonorm_b1",
                "evonorm_b2",
                "evonorm_s0",
                "evonorm_s1",
                "evonorm_s2",
                "bn_relu",
                "gn_relu",
                "ln_relu",
                "frn_tlu"
            })
    void whatNormalisesStaysFarBelowTheLimit(String layer) {
        Outcome outcome = climb(ReadyLayers.program(layer, GROUP, LayerProgram.EPSILON), Architecture.PLAIN);
        assertThat(outcome.steps()).isEqualTo(100);
        assertThat(outcome.gradients()).isEqualTo(301);
        assertThat(outcome.worst()).isBetween(0.01, 1e3);
    }

    @ParameterizedTest
    @EnumSource(names = {"PLAIN", "RESIDUAL"})
    void whatDoesNotIsAboveItAfterFewSteps(Architecture network) {
        assertThat(climb(IDENTITY, network)).satisfies(AscentTest::fails);
        assertThat(climb(RELU, network)).satisfies(AscentTest::fails);
        assertThat(climb(EXP, network)).satisfies(AscentTest::fails);
        assertThat(climb(ReadyLayers.program("swish"), network)).satisfies(AscentTest::fails);
    }

    private static void fails(Outcome outcome) {
        assertThat(outcome.worst() <= 1e8).isFalse();
        assertThat(outcome.steps()).isLessThanOrEqualTo(15);
    }

    /** {@code x v0} with v0 = 0 has no gradients at all before its vector is touched; one that is constant has none ever. */
    @Test
    void seesWhatAVectorOfZerosHides() {
        LayerProgram hidden = of(Node.of(Operation.MUL, 0, 2));
        assertThat(climb(hidden, Architecture.PLAIN).worst()).isPositive();
        LayerProgram constant = of(Node.of(Operation.MUL, 0, 1));
        assertThat(climb(constant, Architecture.PLAIN)).isEqualTo(new Outcome(0, 0, 1));
    }

    @Test
    void repeats() {
        LayerProgram swish = ReadyLayers.program("swish");
        assertThat(climb(swish, Architecture.RESIDUAL)).isEqualTo(climb(swish, Architecture.RESIDUAL));
    }
}
