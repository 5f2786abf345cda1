package io.phyla.spaces.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.spaces.design.Layer.Activation.Function;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.LayerProgram.Node;
import io.phyla.spaces.design.LayerProgram.Vector;
import io.phyla.spaces.design.Operation;
import io.phyla.spaces.design.Operation.Axes;
import io.phyla.spaces.evonorm.ReadyLayers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Which programs the engine has kernels for, and which only look like it. */
class KnownKernelsTest {

    private static final List<Vector> AFFINE = List.of(new Vector("a", 1), new Vector("b", 0));

    @Test
    void publishedLayersThatAreTwoLayersOfTheEngine() {
        Map<String, String> known = new TreeMap<>();
        ReadyLayers.all()
                .forEach((name, program) ->
                        KnownKernels.of(program).ifPresent(it -> known.put(name, it.axes() + " " + it.function())));
        assertThat(known)
                .isEqualTo(Map.of(
                        "bn_relu", "BATCH RELU",
                        "gn_relu", "GROUP RELU",
                        "ln_relu", "LAYER RELU",
                        "in_relu", "INSTANCE RELU",
                        "bn_swish", "BATCH SWISH"));
    }

    @Test
    void inAnyOrderAndUnderAnyNames() {
        // max(0, b + a * (-mean + x) / std) with the gain before the division and vectors the other way round.
        LayerProgram program = new LayerProgram(
                List.of(new Vector("b", 0), new Vector("a", 1)),
                List.of(
                        Node.of(Operation.STD_WHC, 0),
                        Node.of(Operation.MEAN_WHC, 0),
                        Node.of(Operation.NEG, 5),
                        Node.of(Operation.ADD, 6, 0),
                        Node.of(Operation.MUL, 3, 7),
                        Node.of(Operation.DIV, 8, 4),
                        Node.of(Operation.ADD, 2, 9),
                        Node.of(Operation.MAX, 1, 10)),
                11,
                false,
                0,
                1e-3);
        assertThat(KnownKernels.of(program)).hasValueSatisfying(it -> {
            assertThat(it.axes()).isEqualTo(Axes.LAYER);
            assertThat(it.function()).isEqualTo(Function.RELU);
        });
    }

    @Test
    void whatOnlyLooksLikeThemStaysAProgram() {
        List<Node> relu = Programs.normalized(Axes.BATCH).nodes();
        assertThat(KnownKernels.of(new LayerProgram(AFFINE, relu, 11, false, 0, 1e-5)))
                .isPresent();
        // Scale and shift behind the activation.
        assertThat(KnownKernels.of(new LayerProgram(AFFINE, relu, 11, true, 0, 1e-5)))
                .isEmpty();
        // Without an activation.
        assertThat(KnownKernels.of(new LayerProgram(AFFINE, relu, 10, false, 0, 1e-5)))
                .isEmpty();
        // Vectors that start elsewhere, or three of them.
        assertThat(KnownKernels.of(
                        new LayerProgram(List.of(new Vector("a", 1), new Vector("b", 0.1)), relu, 11, false, 0, 1e-5)))
                .isEmpty();
        assertThat(KnownKernels.of(ReadyLayers.program("frn_tlu"))).isEmpty();
        // Mean over the batch, deviation over the map.
        assertThat(with(3, Node.of(Operation.STD_WH, 0))).isEmpty();
        // A root mean square.
        assertThat(with(3, Node.of(Operation.RMS_BWH, 0))).isEmpty();
        // The deviation of something else, the mean of something else.
        assertThat(with(3, Node.of(Operation.STD_BWH, 1))).isEmpty();
        assertThat(with(0, Node.of(Operation.MEAN_BWH, 2))).isEmpty();
        // Upside down.
        assertThat(with(4, Node.of(Operation.DIV, 7, 6))).isEmpty();
        // The mean added, the offset multiplied.
        assertThat(with(1, Node.of(Operation.ABS, 4))).isEmpty();
        assertThat(with(6, Node.of(Operation.MUL, 9, 3))).isEmpty();
        // The larger one of something else.
        assertThat(with(7, Node.of(Operation.MAX, 10, 0))).isEmpty();
        assertThat(with(7, Node.of(Operation.MUL, 10, 10))).isEmpty();
    }

    private static Optional<KnownKernels> with(int index, Node node) {
        List<Node> nodes = new ArrayList<>(Programs.normalized(Axes.BATCH).nodes());
        nodes.set(index, node);
        return KnownKernels.of(new LayerProgram(AFFINE, nodes, 11, false, 0, 1e-5));
    }
}
