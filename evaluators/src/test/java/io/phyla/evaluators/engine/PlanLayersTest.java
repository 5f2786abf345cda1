package io.phyla.evaluators.engine;

import io.phyla.evaluators.engine.Execution.Mode;
import io.phyla.evaluators.program.Programs;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Operation;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Each layer by itself, compiled, against plain loops over doubles, in every mode; see {@link Comparison}. */
class PlanLayersTest {

    @Property(tries = 100)
    void transposedConvolution(@ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int batch) {
        compare(SingleLayers.of(seed).transposed(), batch, seed, 1);
    }

    @Property(tries = 100)
    void rectangularConvolution(@ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int batch) {
        compare(SingleLayers.of(seed).convolved(), batch, seed, 1);
    }

    @Property(tries = 150)
    void depthwiseConvolution(@ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int batch) {
        compare(SingleLayers.of(seed).depthwise(), batch, seed, 1);
    }

    @Property(tries = 60)
    void layerNormalization(@ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int batch) {
        compare(SingleLayers.of(seed).normalized(), batch, seed, 1);
    }

    @Property(tries = 120)
    void activations(@ForAll Layer.Activation.Function function, @ForAll long seed) {
        compare(SingleLayers.of(seed).with(new Layer.Activation(function)), 3, seed, 7);
    }

    @Property(tries = 40)
    void leakyRelu(@ForAll long seed) {
        compare(SingleLayers.of(seed).leaky(), 2, seed, 1);
    }

    @Property(tries = 80)
    void softmax(@ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int batch) {
        compare(SingleLayers.of(seed).softmax(), batch, seed, 3);
    }

    @Property(tries = 120)
    void matrixProduct(@ForAll long seed, @ForAll boolean transposed, @ForAll @IntRange(min = 1, max = 4) int batch) {
        compare(SingleLayers.of(seed).product(transposed), batch, seed, 1);
    }

    @Property(tries = 80)
    void pooling(@ForAll long seed, @ForAll Layer.Pooling.Kind kind, @ForAll @IntRange(min = 1, max = 4) int batch) {
        compare(SingleLayers.of(seed).pooled(kind), batch, seed, 1);
    }

    @Property(tries = 80)
    void upsample(@ForAll long seed, @ForAll Layer.Upsample.Kind kind) {
        compare(SingleLayers.of(seed).upsampled(kind), 2, seed, 1);
    }

    /** Smooth programs, of both series, with moments of all kinds. */
    @Property(tries = 80)
    void programs(@ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int batch) {
        List<LayerProgram> programs = List.of(
                Programs.s0(Operation.STD_WHCG),
                Programs.s0(Operation.RMS_WHC),
                Programs.s0(Operation.STD_BWH),
                Programs.s0(Operation.RMS_BWH),
                LayerProgram.scaling());
        LayerProgram program = programs.get(Math.floorMod(seed, programs.size()));
        LayerProgram gentle = new LayerProgram(
                program.vectors(), program.nodes(), program.output(), program.affine(), program.groupSize(), 0.1);
        compare(SingleLayers.of(seed).with(new Layer.Program(gentle)), batch, seed, 1);
    }

    private static void compare(Network network, int batch, long seed, double reach) {
        for (Mode mode : List.of(Mode.TRAINING, Mode.FLOW)) {
            Comparison.run(network, batch, mode, seed, reach);
        }
        Comparison.infer(network, batch, seed, reach);
    }
}
