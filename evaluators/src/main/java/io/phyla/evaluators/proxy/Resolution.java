package io.phyla.evaluators.proxy;

import io.phyla.evaluators.data.Batch;
import io.phyla.spaces.design.Shape;

/** Brings images to the resolution a network takes, by whole factors only: nothing is interpolated or cut. */
final class Resolution {

    private Resolution() {}

    static boolean fits(int from, int to) {
        return from % to == 0 || to % from == 0;
    }

    /** Whether images of a data set can be brought to what a network takes. */
    static boolean fits(Shape network, int channels, int size) {
        return network.channels() == channels && network.height() == network.width() && fits(size, network.height());
    }

    /** Why they cannot, for people. */
    static String misfit(Shape network, int channels, int size) {
        return "the network takes " + network + " images, the data has " + channels + "x" + size + "x" + size
                + ": channels must be equal, height and width the same and a multiple or a divisor of the data's";
    }

    /**
     * Averages squares of pixels, or repeats each pixel.
     *
     * @throws IllegalArgumentException if neither size divides the other
     */
    static Batch scale(Batch batch, int size) {
        if (size == batch.size()) {
            return batch;
        }
        if (!fits(batch.size(), size)) {
            throw new IllegalArgumentException("images of " + batch.size() + " x " + batch.size()
                    + " pixels cannot become " + size + " x " + size + ": one size has to divide the other");
        }
        int planes = batch.count() * batch.channels();
        float[] images = size < batch.size()
                ? average(batch.images(), planes, batch.size(), size)
                : repeat(batch.images(), planes, batch.size(), size);
        return new Batch(images, batch.labels(), batch.channels(), size);
    }

    private static float[] average(float[] source, int planes, int from, int to) {
        int factor = from / to;
        float[] target = new float[planes * to * to];
        for (int i = 0; i < target.length; i++) {
            int first = (i / to * from + i % to) * factor;
            double sum = 0;
            for (int row = 0; row < factor; row++) {
                for (int column = 0; column < factor; column++) {
                    sum += source[first + row * from + column];
                }
            }
            target[i] = (float) (sum / (factor * factor));
        }
        return target;
    }

    private static float[] repeat(float[] source, int planes, int from, int to) {
        int factor = to / from;
        float[] target = new float[planes * to * to];
        for (int i = 0; i < target.length; i++) {
            target[i] = source[i / to / factor * from + i % to / factor];
        }
        return target;
    }
}
