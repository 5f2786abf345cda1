package io.phyla.evaluators.data;

import io.phyla.spaces.design.Shape;

/** Brings images to the resolution a network takes, by whole factors only: nothing is interpolated or cut. */
public final class Resolution {

    private Resolution() {}

    public static boolean fits(int from, int to) {
        return from % to == 0 || to % from == 0;
    }

    /** Whether images of a data set can be brought to what a network takes. */
    public static boolean fits(Shape network, int channels, int size) {
        return network.channels() == channels && network.height() == network.width() && fits(size, network.height());
    }

    /** Why they cannot, for people. */
    public static String misfit(Shape network, int channels, int size) {
        return "the network takes " + network + " images, the data has " + channels + "x" + size + "x" + size
                + ": channels must be equal, height and width the same and a multiple or a divisor of the data's";
    }

    /**
     * Averages squares of pixels, or repeats each pixel.
     *
     * @throws IllegalArgumentException if neither size divides the other
     */
    public static Batch scale(Batch batch, int size) {
        if (size == batch.size()) {
            return batch;
        }
        int planes = batch.count() * batch.channels();
        float[] images = new float[Math.multiplyExact(planes, Math.multiplyExact(size, size))];
        scale(batch.images(), batch.size(), images, size, planes);
        return new Batch(images, batch.labels(), batch.channels(), size);
    }

    /**
     * Does the same with square planes that follow one another.
     *
     * @param from height and width of the source's planes
     * @param to height and width of the target's planes
     * @throws IllegalArgumentException if neither size divides the other
     */
    public static void scale(float[] source, int from, float[] target, int to, int planes) {
        if (!fits(from, to)) {
            throw new IllegalArgumentException("images of " + from + " x " + from + " pixels cannot become " + to
                    + " x " + to + ": one size has to divide the other");
        }
        if (to < from) {
            average(source, from, target, to, planes);
        } else {
            repeat(source, from, target, to, planes);
        }
    }

    private static void average(float[] source, int from, float[] target, int to, int planes) {
        int factor = from / to;
        for (int i = 0; i < planes * to * to; i++) {
            int first = (i / to * from + i % to) * factor;
            double sum = 0;
            for (int row = 0; row < factor; row++) {
                for (int column = 0; column < factor; column++) {
                    sum += source[first + row * from + column];
                }
            }
            target[i] = (float) (sum / (factor * factor));
        }
    }

    private static void repeat(float[] source, int from, float[] target, int to, int planes) {
        int factor = to / from;
        for (int i = 0; i < planes * to * to; i++) {
            target[i] = source[i / to / factor * from + i % to / factor];
        }
    }
}
