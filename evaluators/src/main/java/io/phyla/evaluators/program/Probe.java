package io.phyla.evaluators.program;

import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.Shape;

/**
 * The fixed numbers that programs are looked at with: a batch of 4x4x5x5 in two groups of two channels, so that no two sets of
 * axes are the same set of elements, and random vectors. At its first values a vector would hide what it does: v1 = 1 makes
 * x * v1 look like x, and v0 = 0 makes x * v0 look like nothing, though it learns.
 */
final class Probe {

    static final int BATCH = 4;
    static final Shape SHAPE = new Shape(4, 5, 5);

    private static final int GROUP_SIZE = 2;
    private static final int COUNT = (int) (BATCH * SHAPE.elements());
    private static final int CHANNELS = SHAPE.channels();
    private static final long SEED = 0x5851F42D4C957F2DL;

    private static final double[] NOTHING = {};

    /** Normal, with a mean and a spread of its own in every channel. */
    static final double[] X = x();

    /** What the output is multiplied with and summed over before it is differentiated. */
    static final double[] COTANGENT = new Normal(SEED + 1).array(COUNT);

    private Probe() {}

    /**
     * What a program makes of the probe.
     *
     * @param y its output, N,C,H,W
     */
    record Run(ReferenceProgram program, double[] y) {

        ReferenceProgram.Gradients backward() {
            return program.backward(COTANGENT);
        }
    }

    /** Runs a program as it trains, scale and shift left out. */
    static Run run(LayerProgram program) {
        int groupSize = program.groupSize() == 1 ? 1 : GROUP_SIZE;
        ReferenceProgram reference = new ReferenceProgram(
                new LayerProgram(
                        program.vectors(), program.nodes(), program.output(), false, groupSize, program.epsilon()),
                BATCH,
                SHAPE);
        double[] y = reference.forward(X, vectors(program.vectors().size()), NOTHING, NOTHING);
        return new Run(reference, y);
    }

    private static double[] x() {
        double[] x = new Normal(SEED).array(COUNT);
        double[] of = new Normal(SEED + 2).array(2 * CHANNELS);
        for (int i = 0; i < COUNT; i++) {
            int channel = i / (COUNT / BATCH / CHANNELS) % CHANNELS;
            x[i] = x[i] * StrictMath.exp(0.3 * of[channel]) + 0.3 * of[CHANNELS + channel];
        }
        return x;
    }

    /** Away from 0 and 1, of both signs, different for every vector and channel. */
    private static double[][] vectors(int count) {
        double[][] vectors = new double[count][];
        for (int vector = 0; vector < count; vector++) {
            vectors[vector] = new Normal(SEED + 3 + vector).array(CHANNELS);
            for (int channel = 0; channel < CHANNELS; channel++) {
                double v = vectors[vector][channel];
                vectors[vector][channel] = (v < 0 ? -1 : 1) * (0.3 + 0.1 * Math.abs(v)) * (1 + channel);
            }
        }
        return vectors;
    }
}
