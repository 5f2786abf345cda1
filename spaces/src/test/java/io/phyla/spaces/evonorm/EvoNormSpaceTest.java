package io.phyla.spaces.evonorm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.phyla.spaces.Decision;
import io.phyla.spaces.Genome;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.LayerProgram.Node;
import io.phyla.spaces.design.LayerProgram.Series;
import io.phyla.spaces.design.LayerProgram.Vector;
import io.phyla.spaces.design.Operation;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvoNormSpaceTest {

    private static final EvoNormSpace B = new EvoNormSpace(EvoNormParameters.of(Series.B));
    private static final EvoNormSpace S = new EvoNormSpace(EvoNormParameters.of(Series.S));
    private static final EvoNormSpace ACTIVATIONS =
            new EvoNormSpace(new EvoNormParameters(Series.S, 10, false, 0, 1e-5));

    /** With m earlier values a node is one of 4 m^2 + 8 m graphs, and m more for each moment. */
    @ParameterizedTest
    @CsvSource({"B, true, 12", "S, true, 9", "S, false, 0", "B, false, 0"})
    void hasTheSizeOfTheProduct(Series series, boolean moments, int aggregates) {
        EvoNormSpace space = new EvoNormSpace(new EvoNormParameters(series, 10, moments, 0, 1e-5));
        BigInteger product = BigInteger.ONE;
        for (int earlier = 4; earlier <= 13; earlier++) {
            product = product.multiply(BigInteger.valueOf(4L * earlier * earlier + (8L + aggregates) * earlier));
        }
        assertThat(space.size()).isEqualTo(product);
        assertThat(space.decisions().getFirst().options()).hasSize(12 + aggregates);
    }

    @Test
    void hasThePapersSize() {
        assertThat(B.size()).isEqualTo(new BigInteger("172802283075470591262720000"));
        assertThat(S.size()).isEqualTo(new BigInteger("94684782989068886053440000"));
    }

    @Test
    void numbersValuesAsThePaperDoes() {
        List<Decision> decisions = S.decisions();
        assertThat(decisions).hasSize(30);
        assertThat(decisions.subList(3, 6))
                .extracting(Decision::name)
                .containsExactly("node5.operation", "node5.first", "node5.second");
        assertThat(decisions).extracting(Decision::unit).startsWith("node4", "node4", "node4", "node5");
        assertThat(decisions.get(4).options()).containsExactly("x", "zero", "v0", "v1", "node4");
        assertThat(decisions.get(5).when()).isEqualTo(new Decision.When("node5.operation", Set.of(0, 1, 2, 3)));
        assertThat(decisions.getLast().options()).hasSize(13).endsWith("node12");
    }

    @Test
    void decodesAsWritten() {
        Genome genome = B.known().get("evonorm_s0");
        LayerProgram program = B.decode(genome);
        assertThat(program.vectors()).containsExactly(new Vector("v0", 0), new Vector("v1", 1));
        assertThat(program.nodes()).hasSize(10);
        assertThat(program.output()).isEqualTo(13);
        assertThat(program.affine()).isTrue();
        assertThat(program.pruned().nodes())
                .containsExactly(
                        Node.of(Operation.MUL, 3, 0),
                        Node.of(Operation.SIGMOID, 4),
                        Node.of(Operation.MUL, 0, 5),
                        Node.of(Operation.STD_WHCG, 0),
                        Node.of(Operation.DIV, 6, 7));
        assertThat(B.encode(program)).contains(genome);
    }

    @Test
    void passesItsParametersOn() {
        EvoNormSpace space = new EvoNormSpace(new EvoNormParameters(Series.S, 3, true, 8, 1e-3));
        LayerProgram program = space.decode(Genome.of(new int[9]));
        assertThat(program.groupSize()).isEqualTo(8);
        assertThat(program.epsilon()).isEqualTo(1e-3);
        assertThat(program.nodes()).hasSize(3);
        assertThat(space.yardsticks().values()).allSatisfy(each -> {
            assertThat(((LayerProgram) each).groupSize()).isEqualTo(8);
            assertThat(((LayerProgram) each).epsilon()).isEqualTo(1e-3);
        });
    }

    /** max(v, v) stands for values that no node computes. */
    @Test
    void writesInitialValuesDown() {
        for (int value = 0; value < GraphCode.INITIAL; value++) {
            LayerProgram program = new LayerProgram(EvoNormSpace.VECTORS, List.of(), value, true, 0, 1e-5);
            Genome genome = S.encode(program).orElseThrow();
            assertThat(S.canonical(genome)).isEqualTo(genome);
            assertThat(S.decode(genome).pruned().nodes()).containsExactly(Node.of(Operation.MAX, value, value));
        }
    }

    @Test
    void hasNoGenomeForOtherVectorsAndOperations() {
        assertThat(S.encode(B.decode(B.known().get("evonorm_b0")))).isEmpty();
        assertThat(new EvoNormSpace(new EvoNormParameters(Series.S, 4, true, 0, 1e-5))
                        .encode(S.decode(S.known().get("evonorm_s0"))))
                .isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> S.encode(ReadyLayers.program("rational")))
                .withMessageContaining("v0");
    }

    @Test
    void knowsWhatItsOperationsAreEnoughFor() {
        assertThat(B.known())
                .containsOnlyKeys(
                        "bn_relu",
                        "gn_relu",
                        "ln_relu",
                        "in_relu",
                        "bn_swish",
                        "frn_tlu",
                        "rmsnorm_swish",
                        "evonorm_b0",
                        "evonorm_b1",
                        "evonorm_b2",
                        "evonorm_s0",
                        "evonorm_s1",
                        "evonorm_s2",
                        "crrelu",
                        "swish");
        List<String> single = new ArrayList<>(B.known().keySet());
        single.removeAll(List.of("bn_relu", "bn_swish", "evonorm_b0", "evonorm_b1", "evonorm_b2"));
        assertThat(S.known()).containsOnlyKeys(single);
        assertThat(ACTIVATIONS.known()).containsOnlyKeys("crrelu", "swish");
        assertThat(new EvoNormSpace(new EvoNormParameters(Series.S, 2, false, 0, 1e-5)).known())
                .isEmpty();
    }

    @Test
    void comparesWithTheFourYardsticksFirst() {
        assertThat(S.yardsticks().keySet())
                .startsWith("bn_relu", "gn_relu", "evonorm_b0", "evonorm_s0")
                .containsExactlyInAnyOrderElementsOf(ReadyLayers.all().keySet());
    }

    /** Layers with moments cannot stand behind normalisations, where activations are tried. */
    @Test
    void comparesActivationsWithActivationsFirst() {
        EvoNormSpace space = new EvoNormSpace(new EvoNormParameters(Series.S, 8, false, 0, 1e-5));
        assertThat(space.yardsticks().keySet())
                .startsWith("swish", "crrelu", "rational", "rational_swish")
                .hasSameSizeAs(ReadyLayers.all().keySet());
        assertThat(space.yardsticks().values().stream().limit(4))
                .noneMatch(each -> ((LayerProgram) each).takesMoments());
    }

    @Test
    void readyLayersAreFoundByName() {
        assertThat(ReadyLayers.all().keySet())
                .containsExactly(
                        "bn_relu",
                        "gn_relu",
                        "ln_relu",
                        "in_relu",
                        "bn_swish",
                        "frn_tlu",
                        "rmsnorm_swish",
                        "evonorm_b0",
                        "evonorm_b1",
                        "evonorm_b2",
                        "evonorm_s0",
                        "evonorm_s1",
                        "evonorm_s2",
                        "crrelu",
                        "polynorm",
                        "rational",
                        "swish",
                        "rational_swish");
        assertThat(ReadyLayers.program("polynorm").epsilon()).isEqualTo(1e-6);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReadyLayers.program("evonorm_b3"))
                .withMessageContaining("did you mean 'evonorm_b0'");
    }
}
