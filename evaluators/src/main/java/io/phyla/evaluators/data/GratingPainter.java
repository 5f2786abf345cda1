package io.phyla.evaluators.data;

import io.phyla.evaluators.engine.SplitMix;

/**
 * Draws stripes of one direction as a small image, between fainter ones of another direction, under noise, tinted at random.
 * Where stripes begin is left to chance, so that the mean of a class is grey and no sum of pixels tells directions apart. Plain arithmetic and {@link StrictMath} alone, so that every machine draws the same bytes.
 */
final class GratingPainter {

    static final int SIZE = 16;
    static final int CHANNELS = 3;
    static final int DIRECTIONS = 8;

    /** In parts of the angle between two directions. */
    private static final double TURN = 0.3;

    /** Pixels from stripe to stripe. */
    private static final double SHORTEST = 6;

    private static final double LONGEST = 12;
    private static final double FAINTEST = 0.6;

    /** The other stripes' contrast, in parts of the first ones'. */
    private static final double LEAST_CLUTTER = 0.1;

    private static final double MOST_CLUTTER = 0.5;
    private static final double CONTRAST = 60;
    /** A channel's contrast, in parts of the strongest one's. */
    private static final double PALEST = 0.2;

    private static final double NOISE = 40;

    private final SplitMix random;
    private final double[] image = new double[CHANNELS * SIZE * SIZE];

    private GratingPainter(SplitMix random) {
        this.random = random;
    }

    /** Writes C,H,W bytes. */
    static void paint(int direction, SplitMix random, byte[] target, int offset) {
        GratingPainter painter = new GratingPainter(random);
        double contrast = CONTRAST * random.nextDouble(FAINTEST, 1);
        painter.ground();
        painter.stripes(direction, contrast);
        int other = direction + 1 + random.nextInt(DIRECTIONS - 1);
        painter.stripes(other, contrast * random.nextDouble(LEAST_CLUTTER, MOST_CLUTTER));
        painter.noise(target, offset);
    }

    private void ground() {
        for (int channel = 0; channel < CHANNELS; channel++) {
            double colour = random.nextDouble(64, 192);
            for (int at = 0; at < SIZE * SIZE; at++) {
                image[channel * SIZE * SIZE + at] = colour;
            }
        }
    }

    private void stripes(int direction, double contrast) {
        double angle = (direction + random.nextDouble(-TURN, TURN)) * Math.PI / DIRECTIONS;
        double step = 2 * Math.PI / random.nextDouble(SHORTEST, LONGEST);
        double dx = step * StrictMath.cos(angle);
        double dy = step * StrictMath.sin(angle);
        double phase = random.nextDouble(0, 2 * Math.PI);
        double[] colour = {random.nextDouble(PALEST, 1), random.nextDouble(PALEST, 1), random.nextDouble(PALEST, 1)};
        for (int y = 0; y < SIZE; y++) {
            for (int x = 0; x < SIZE; x++) {
                double wave = contrast * StrictMath.sin(phase + x * dx + y * dy);
                for (int channel = 0; channel < CHANNELS; channel++) {
                    image[(channel * SIZE + y) * SIZE + x] += wave * colour[channel];
                }
            }
        }
    }

    private void noise(byte[] target, int offset) {
        for (int i = 0; i < image.length; i++) {
            double value = image[i] + random.nextDouble(-NOISE, NOISE);
            target[offset + i] = (byte) Math.clamp(Math.round(value), 0, 255);
        }
    }
}
