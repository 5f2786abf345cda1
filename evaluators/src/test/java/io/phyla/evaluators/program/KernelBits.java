package io.phyla.evaluators.program;

import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.Shape;
import java.util.Arrays;
import java.util.SplittableRandom;

/** All bits that random programs give, as one number. */
final class KernelBits {

    private static final int PROGRAMS = 20;
    private static final Shape SHAPE = new Shape(12, 4, 5);
    private static final int BATCH = 3;

    private KernelBits() {}

    /** @param arguments how often each program runs before it is looked at */
    public static void main(String[] arguments) {
        System.out.println(of(Integer.parseInt(arguments[0])));
    }

    /** @param runs of each program, so many that its kernels are compiled, or one */
    static long of(int runs) {
        SplittableRandom random = new SplittableRandom(6);
        double[] x = random.doubles(BATCH * SHAPE.elements(), -2, 2).toArray();
        long bits = 0;
        for (int i = 0; i < PROGRAMS; i++) {
            LayerProgram program = Programs.random(random, true, 10, 2);
            double[][] rows = new double[4][SHAPE.channels()];
            for (double[] row : rows) {
                Arrays.setAll(row, _ -> random.nextDouble(-.5, 1.5));
            }
            try (FusedRun run = new FusedRun(program, BATCH, SHAPE, true)) {
                run.parameters(rows);
                double[] y = {};
                double[] dx = {};
                for (int again = 0; again < runs; again++) {
                    y = run.forward(x);
                    dx = run.backward(x);
                }
                bits = 31 * bits + Arrays.deepHashCode(new Object[] {y, dx, run.gradients()});
            }
        }
        return bits;
    }
}
