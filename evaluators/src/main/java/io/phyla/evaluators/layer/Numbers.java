package io.phyla.evaluators.layer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.phyla.spaces.schema.Json;
import java.util.SplittableRandom;

/** Made-up numbers and how they are written. */
final class Numbers {

    private static final double DIGITS = 1e4;

    private Numbers() {}

    /** Normally distributed with so many digits that a reader sees them whole. */
    static double[] normal(int count, double mean, double deviation, SplittableRandom random) {
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = Math.rint((mean + deviation * random.nextGaussian()) * DIGITS) / DIGITS;
        }
        return numbers;
    }

    static double[] uniform(int count, double least, double most, SplittableRandom random) {
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = Math.rint(random.nextDouble(least, most) * DIGITS) / DIGITS;
        }
        return numbers;
    }

    /** JSON has no NaN and no infinity: they become null. */
    static ArrayNode json(double[] numbers) {
        ArrayNode json = Json.MAPPER.createArrayNode();
        for (double number : numbers) {
            if (Double.isFinite(number)) {
                json.add(number);
            } else {
                json.addNull();
            }
        }
        return json;
    }

    static boolean finite(double[] numbers) {
        for (double number : numbers) {
            if (!Double.isFinite(number)) {
                return false;
            }
        }
        return true;
    }

    /** The largest difference as a share of the largest number, or of 1 if all are smaller. */
    static double difference(double[] expected, double[] found) {
        double largest = 1;
        double difference = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            difference = Math.max(difference, Math.abs(expected[i] - found[i]));
        }
        return difference / largest;
    }
}
