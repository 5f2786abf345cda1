package io.phyla.spaces.evonorm;

import static io.phyla.spaces.evonorm.Nodes.add;
import static io.phyla.spaces.evonorm.Nodes.div;
import static io.phyla.spaces.evonorm.Nodes.max;
import static io.phyla.spaces.evonorm.Nodes.mul;
import static io.phyla.spaces.evonorm.Nodes.neg;
import static io.phyla.spaces.evonorm.Nodes.one;
import static io.phyla.spaces.evonorm.Nodes.swish;
import static io.phyla.spaces.program.ProgramBuilder.X;

import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.Operation;
import io.phyla.spaces.evonorm.ReadyLayer.Hand;
import io.phyla.spaces.evonorm.ReadyLayer.Writing;
import io.phyla.spaces.program.ProgramBuilder;
import java.util.List;

/** The layers that Liu et al. found, scale and shift outside. Deviations and root mean squares carry epsilon inside their roots. */
final class EvolvedLayers {

    private EvolvedLayers() {}

    static List<ReadyLayer> all() {
        return List.of(
                layer("evonorm_b0", EvolvedLayers::b0),
                layer("evonorm_b1", EvolvedLayers::b1),
                layer("evonorm_b2", EvolvedLayers::b2),
                layer("evonorm_s0", EvolvedLayers::s0),
                layer("evonorm_s1", (program, _) -> over(program, swish(program, X), Operation.STD_WHCG)),
                layer("evonorm_s2", (program, _) -> over(program, swish(program, X), Operation.RMS_WHCG)));
    }

    private static ReadyLayer layer(String name, Writing writing) {
        return new ReadyLayer(name, true, LayerProgram.EPSILON, true, writing);
    }

    /** x / max(std_bwh(x), v1 * x + std_wh(x)). */
    private static int b0(ProgramBuilder program, Hand hand) {
        int slope = mul(program, hand.vector(program, "v1", 1, "v1"), X);
        int instance = add(program, slope, program.node(Operation.STD_WH, X));
        return div(program, X, max(program, program.node(Operation.STD_BWH, X), instance));
    }

    /** x / max(std_bwh(x), (x + 1) * rms_wh(x)). */
    private static int b1(ProgramBuilder program, Hand hand) {
        int instance = mul(program, add(program, X, one(program)), program.node(Operation.RMS_WH, X));
        return div(program, X, max(program, program.node(Operation.STD_BWH, X), instance));
    }

    /** x / max(std_bwh(x), rms_wh(x) - x). */
    private static int b2(ProgramBuilder program, Hand hand) {
        int instance = add(program, program.node(Operation.RMS_WH, X), neg(program, X));
        return div(program, X, max(program, program.node(Operation.STD_BWH, X), instance));
    }

    /** x * sigmoid(v1 * x) / std_whcg(x). */
    private static int s0(ProgramBuilder program, Hand hand) {
        int gate = program.node(Operation.SIGMOID, mul(program, hand.vector(program, "v1", 1, "v1"), X));
        return over(program, mul(program, X, gate), Operation.STD_WHCG);
    }

    private static int over(ProgramBuilder program, int value, Operation moment) {
        return div(program, value, program.node(moment, X));
    }
}
