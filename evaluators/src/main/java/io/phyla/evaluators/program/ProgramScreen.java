package io.phyla.evaluators.program;

import io.phyla.evaluators.program.ReferenceProgram.Gradients;
import io.phyla.search.metric.Screen;
import io.phyla.spaces.Genome;
import io.phyla.spaces.design.Design;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.Network;
import java.util.List;

/**
 * Throws out layer programs that cannot be any good, nine of ten random ones, within microseconds to a millisecond; what
 * is left is told apart by {@link FunctionalHash}. All verdicts come from the double reference on a {@link Probe} with
 * random vectors, so they are the same on every machine. The stages, in order:
 *
 * <ol>
 *   <li>{@code structure}: x has no part in the output;
 *   <li>{@code non_finite}: outputs are NaN, infinite or larger than floats;
 *   <li>{@code constant}: the output hardly varies at all;
 *   <li>{@code gradient}: the gradient by x of a random sum of outputs is 0, NaN or infinite;
 *   <li>{@code spatially_constant}: within every map the output hardly varies, so a convolution after it sees no image;
 *   <li>{@code affine}: a scaled and shifted x and nothing else, with which a network stays linear.
 * </ol>
 */
public final class ProgramScreen implements Screen {

    private static final String STRUCTURE = "structure";
    private static final String NON_FINITE = "non_finite";
    private static final String CONSTANT = "constant";
    private static final String GRADIENT = "gradient";
    private static final String SPATIALLY_CONSTANT = "spatially_constant";
    private static final String AFFINE = "affine";

    /** Of the mean size of outputs: a spread that counts as none. */
    private static final double NO_SPREAD = 1e-5;

    /** Of the spread of outputs: what an affine function may leave unexplained. */
    private static final double NO_RESIDUAL = 1e-6;

    private final boolean keepsAffine;

    /** @param keepsAffine whether programs that scale and shift x and do nothing else pass */
    public ProgramScreen(boolean keepsAffine) {
        this.keepsAffine = keepsAffine;
    }

    @Override
    public List<String> stages() {
        return keepsAffine
                ? List.of(STRUCTURE, NON_FINITE, CONSTANT, GRADIENT, SPATIALLY_CONSTANT)
                : List.of(STRUCTURE, NON_FINITE, CONSTANT, GRADIENT, SPATIALLY_CONSTANT, AFFINE);
    }

    /** @throws IllegalArgumentException if the design is no layer program */
    @Override
    public Verdict judge(Genome genome, Design design) {
        return switch (design) {
            case LayerProgram program -> judge(program);
            case Network _ -> throw new IllegalArgumentException("a network is no layer program");
        };
    }

    /** The verdict on a program, whatever it was decoded from. */
    public Verdict judge(LayerProgram program) {
        if (!program.live()[LayerProgram.X]) {
            return new Verdict.Rejected(STRUCTURE);
        }
        Probe.Run run = Probe.run(program);
        Spread spread = Spread.of(run.y());
        if (!(spread.size() <= Float.MAX_VALUE)) {
            return new Verdict.Rejected(NON_FINITE);
        }
        if (!spread.exceeds(spread.overall(), NO_SPREAD)) {
            return new Verdict.Rejected(CONSTANT);
        }
        Gradients gradients = run.backward();
        if (!moves(gradients.x())) {
            return new Verdict.Rejected(GRADIENT);
        }
        if (!spread.exceeds(spread.withinMaps(), NO_SPREAD)) {
            return new Verdict.Rejected(SPATIALLY_CONSTANT);
        }
        if (!keepsAffine && !(spread.besideAffine() > NO_RESIDUAL * spread.overall())) {
            return new Verdict.Rejected(AFFINE);
        }
        return new Verdict.Passed(FunctionalHash.of(program.vectors(), run.y(), gradients));
    }

    /** Whether all are finite and not all 0. */
    private static boolean moves(double[] gradient) {
        double size = 0;
        for (double each : gradient) {
            size += Math.abs(each);
        }
        return Double.isFinite(size) && size > 0;
    }
}
