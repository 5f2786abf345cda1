package io.phyla.evaluators.training.optimizer;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The Euclidean norm of all gradients together, and clipping by it. Summed in double, eight partial sums wide whatever the
 * machine's vectors are, and these in order.
 */
public final class GradientNorm {

    /** PyTorch adds it to the norm before dividing. */
    private static final double EPSILON = 1e-6;

    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_256;
    private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_256;

    private GradientNorm() {}

    /** @param gradients a plan's vector, its gaps zero */
    public static double of(MemorySegment gradients) {
        DoubleVector low = DoubleVector.zero(DOUBLES);
        DoubleVector high = DoubleVector.zero(DOUBLES);
        for (long at = 0; at < gradients.byteSize(); at += FLOATS.vectorByteSize()) {
            FloatVector lanes = FloatVector.fromMemorySegment(FLOATS, gradients, at, ByteOrder.nativeOrder());
            DoubleVector first = (DoubleVector) lanes.convertShape(VectorOperators.F2D, DOUBLES, 0);
            DoubleVector second = (DoubleVector) lanes.convertShape(VectorOperators.F2D, DOUBLES, 1);
            low = low.add(first.mul(first));
            high = high.add(second.mul(second));
        }
        double sum = 0;
        for (int lane = 0; lane < DOUBLES.length(); lane++) {
            sum += low.lane(lane);
        }
        for (int lane = 0; lane < DOUBLES.length(); lane++) {
            sum += high.lane(lane);
        }
        return Math.sqrt(sum);
    }

    /** What gradients of a norm are multiplied by so that it is at most a limit. */
    public static double factor(double norm, double limit) {
        return Math.min(1, limit / (norm + EPSILON));
    }
}
