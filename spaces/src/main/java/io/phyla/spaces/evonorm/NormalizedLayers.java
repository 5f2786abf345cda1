package io.phyla.spaces.evonorm;

import static io.phyla.spaces.evonorm.Nodes.add;
import static io.phyla.spaces.evonorm.Nodes.div;
import static io.phyla.spaces.evonorm.Nodes.max;
import static io.phyla.spaces.evonorm.Nodes.mul;
import static io.phyla.spaces.evonorm.Nodes.neg;
import static io.phyla.spaces.evonorm.Nodes.relu;
import static io.phyla.spaces.evonorm.Nodes.swish;
import static io.phyla.spaces.program.ProgramBuilder.X;

import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.Operation;
import io.phyla.spaces.evonorm.ReadyLayer.Hand;
import io.phyla.spaces.evonorm.ReadyLayer.Writing;
import io.phyla.spaces.program.ProgramBuilder;
import java.util.List;

/** A normalisation with gain and offset, and the activation behind it. */
final class NormalizedLayers {

    /** As Chen et al., ICLR 2025, take it. */
    private static final double POLYNOMIAL_EPSILON = 1e-6;

    private static final int POWERS = 3;

    private NormalizedLayers() {}

    static List<ReadyLayer> all() {
        return List.of(
                inside("bn_relu", NormalizedLayers::batchRelu),
                inside("gn_relu", (program, hand) -> relu(program, hand.scaled(program, group(program)))),
                inside("ln_relu", (program, hand) -> relu(program, hand.scaled(program, layer(program)))),
                inside("in_relu", (program, hand) -> relu(program, hand.scaled(program, instance(program)))),
                inside("bn_swish", (program, hand) -> swish(program, hand.scaled(program, batch(program)))),
                inside("frn_tlu", NormalizedLayers::thresholded),
                inside(
                        "rmsnorm_swish",
                        (program, hand) -> swish(program, hand.scaled(program, rootMeanSquare(program)))));
    }

    /** PolyNorm (arXiv 2411.03884): w1 * norm(x) + w2 * norm(x^2) + w3 * norm(x^3) + offset with norm(a) = a / rms_whc(a). */
    static ReadyLayer polynomial() {
        return new ReadyLayer("polynorm", false, POLYNOMIAL_EPSILON, false, (program, _) -> {
            int sum = X;
            int power = X;
            for (int i = 1; i <= POWERS; i++) {
                power = switch (i) {
                    case 1 -> X;
                    case 2 -> program.node(Operation.SQUARE, X);
                    default -> mul(program, power, X);
                };
                int normal = div(program, power, program.node(Operation.RMS_WHC, power));
                int term = mul(program, program.vector("w" + i, 1.0 / POWERS), normal);
                sum = i == 1 ? term : add(program, sum, term);
            }
            return add(program, sum, program.vector("offset", 0));
        });
    }

    private static ReadyLayer inside(String name, Writing writing) {
        return new ReadyLayer(name, false, LayerProgram.EPSILON, true, writing);
    }

    private static int batchRelu(ProgramBuilder program, Hand hand) {
        return relu(program, hand.scaled(program, batch(program)));
    }

    /** FRN with its threshold (Singh, Krishnan, CVPR 2020): max(gain * x / rms_wh(x) + offset, tau). */
    private static int thresholded(ProgramBuilder program, Hand hand) {
        int normal = div(program, X, program.node(Operation.RMS_WH, X));
        int scaled = hand.scaled(program, normal);
        return max(program, scaled, hand.vector(program, "tau", 0, "v0"));
    }

    private static int batch(ProgramBuilder program) {
        return centred(program, Operation.MEAN_BWH, Operation.STD_BWH);
    }

    private static int instance(ProgramBuilder program) {
        return centred(program, Operation.MEAN_WH, Operation.STD_WH);
    }

    private static int layer(ProgramBuilder program) {
        return centred(program, Operation.MEAN_WHC, Operation.STD_WHC);
    }

    private static int group(ProgramBuilder program) {
        return centred(program, Operation.MEAN_WHCG, Operation.STD_WHCG);
    }

    private static int rootMeanSquare(ProgramBuilder program) {
        return div(program, X, program.node(Operation.RMS_WHC, X));
    }

    private static int centred(ProgramBuilder program, Operation mean, Operation deviation) {
        int from = add(program, X, neg(program, program.node(mean, X)));
        return div(program, from, program.node(deviation, X));
    }
}
