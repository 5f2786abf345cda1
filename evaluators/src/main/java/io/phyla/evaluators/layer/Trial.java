package io.phyla.evaluators.layer;

import io.phyla.evaluators.program.ReferenceProgram;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.Shape;
import java.util.SplittableRandom;

/** A program with tensors that are made up, none of them where training begins, ready to run in double. */
record Trial(
        LayerProgram program, int batch, Shape shape, double[][] vectors, double[] scale, double[] shift, long seed) {

    private static final double STRAY = 0.3;

    static Trial of(LayerProgram program, int batch, Shape shape, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int channels = shape.channels();
        double[][] vectors = program.vectors().stream()
                .map(vector -> Numbers.normal(channels, vector.initial(), STRAY, random))
                .toArray(double[][]::new);
        return new Trial(
                program,
                batch,
                shape,
                vectors,
                Numbers.normal(channels, 1, STRAY, random),
                Numbers.normal(channels, 0, STRAY, random),
                seed);
    }

    /** The same tensors, with the program's epsilon all but 0. */
    Trial withoutEpsilon() {
        LayerProgram exact = new LayerProgram(
                program.vectors(), program.nodes(), program.output(), program.affine(), program.groupSize(), 1e-30);
        return new Trial(exact, batch, shape, vectors, scale, shift, seed);
    }

    Trial on(int otherBatch, Shape other) {
        return new Trial(program, otherBatch, other, vectors, scale, shift, seed);
    }

    int elements() {
        return Math.toIntExact(batch * shape.elements());
    }

    double[] images() {
        return Numbers.normal(elements(), 0.2, 1.2, new SplittableRandom(seed + 1));
    }

    double[] upstream() {
        return Numbers.normal(elements(), 0, 1, new SplittableRandom(seed + 2));
    }

    ReferenceProgram reference() {
        return new ReferenceProgram(program, batch, shape);
    }

    double[] forward(ReferenceProgram reference, double[] x) {
        return reference.forward(x, vectors, scale, shift);
    }

    double[] forward(double[] x) {
        return forward(reference(), x);
    }
}
