package io.phyla.spaces.evonorm;

import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.spaces.Genome;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.LayerProgram.Series;
import io.phyla.spaces.design.Operation;
import io.phyla.spaces.program.ProgramBuilder;
import io.phyla.spaces.program.ProgramDistance;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class NearestLayerTest {

    private static final EvoNormSpace SPACE = new EvoNormSpace(EvoNormParameters.of(Series.B));

    @Test
    void readyLayersAreExactlyThemselves() {
        ReadyLayers.all()
                .forEach((name, program) -> assertThat(NearestLayer.of(program)).isEqualTo(new NearestLayer(name, 0)));
        SPACE.known()
                .forEach((name, genome) ->
                        assertThat(NearestLayer.of(SPACE.decode(genome))).isEqualTo(new NearestLayer(name, 0)));
    }

    /** S0 with tanh for its sigmoid, and B0 whose deviation of the map is a root mean square. */
    @Test
    void changedLayersAreNearWhatTheyWere() {
        Genome s0 = SPACE.known().get("evonorm_s0");
        NearestLayer near = NearestLayer.of(SPACE.decode(s0.with(3, Operation.TANH.ordinal())));
        assertThat(near.name()).isEqualTo("evonorm_s0");
        assertThat(near.distance()).isBetween(.2, .8);
        Genome b0 = SPACE.known().get("evonorm_b0");
        assertThat(NearestLayer.of(SPACE.decode(b0.with(3, Operation.RMS_WH.ordinal())))
                        .name())
                .isEqualTo("evonorm_b0");
    }

    /** The order in which v1 and x are multiplied is the same layer, without scale and shift it is not. */
    @Test
    void exactlyMeansTheCanonicalForm() {
        ProgramBuilder builder = new ProgramBuilder();
        int gate = builder.node(
                Operation.SIGMOID, builder.node(Operation.MUL, ProgramBuilder.X, builder.vector("v1", 1)));
        int above = builder.node(Operation.MUL, gate, ProgramBuilder.X);
        int output = builder.node(Operation.DIV, above, builder.node(Operation.STD_WHCG, ProgramBuilder.X));
        assertThat(NearestLayer.of(builder.build(output, true, 8, 1e-3))).isEqualTo(new NearestLayer("evonorm_s0", 0));
        NearestLayer bare = NearestLayer.of(builder.build(output, false, 8, 1e-3));
        assertThat(bare.name()).isEqualTo("evonorm_s0");
        assertThat(bare.distance()).isPositive();
    }

    @Property(tries = 300)
    void isADistance(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<LayerProgram> three = random.ints(3)
                .mapToObj(each -> SPACE.decode(SPACE.sample(new SplittableRandom(each))))
                .toList();
        double ab = ProgramDistance.between(three.get(0), three.get(1));
        double bc = ProgramDistance.between(three.get(1), three.get(2));
        double ac = ProgramDistance.between(three.get(0), three.get(2));
        assertThat(ab).isBetween(0.0, 1.0).isEqualTo(ProgramDistance.between(three.get(1), three.get(0)));
        assertThat(ac).isLessThanOrEqualTo(ab + bc + 1e-12);
        assertThat(ProgramDistance.between(three.get(0), three.get(0))).isZero();
    }
}
