package io.phyla.evaluators.data;

import io.phyla.evaluators.engine.SplitMix;

/**
 * Draws one character as a small colour image: bent, turned, shifted, between strokes that mean nothing, behind it and
 * before it, on a ground that changes, under noise. Plain arithmetic and {@link StrictMath} alone, so that every machine draws the same bytes.
 */
final class GlyphPainter {

    static final int SIZE = 32;
    static final int CHANNELS = 3;

    private static final double TURN = 0.6;
    private static final double SHEAR = 0.35;
    private static final double SHIFT = 5;
    private static final double SMALLEST = 6.5;
    private static final double LARGEST = 12;
    private static final double THINNEST = 1.1;
    private static final double THICKEST = 3.0;
    private static final double LEAST_CONTRAST = 60;
    private static final int CLUTTER_BEHIND = 6;
    private static final int CLUTTER_BEFORE = 2;
    private static final double NOISE = 40;

    private final SplitMix random;
    private final double[] image = new double[CHANNELS * SIZE * SIZE];

    private GlyphPainter(SplitMix random) {
        this.random = random;
    }

    /** Writes C,H,W bytes. */
    static void paint(int character, SplitMix random, byte[] target, int offset) {
        GlyphPainter painter = new GlyphPainter(random);
        double[] ground = painter.ground();
        painter.clutter(CLUTTER_BEHIND);
        painter.character(Strokes.CHARACTERS.get(character), painter.contrasting(ground));
        painter.clutter(CLUTTER_BEFORE);
        painter.noise(target, offset);
    }

    /** A ground that runs from one colour to another across the image; returns their mean. */
    private double[] ground() {
        double[] from = colour();
        double[] to = colour();
        double angle = random.nextDouble(0, 2 * Math.PI);
        double dx = StrictMath.cos(angle) / SIZE;
        double dy = StrictMath.sin(angle) / SIZE;
        double[] mean = new double[CHANNELS];
        for (int channel = 0; channel < CHANNELS; channel++) {
            double middle = (from[channel] + to[channel]) / 2;
            double slope = (to[channel] - from[channel]) / 2;
            mean[channel] = middle;
            for (int y = 0; y < SIZE; y++) {
                for (int x = 0; x < SIZE; x++) {
                    double along = (x - SIZE / 2.0) * dx + (y - SIZE / 2.0) * dy;
                    image[(channel * SIZE + y) * SIZE + x] = middle + slope * along;
                }
            }
        }
        return mean;
    }

    private double[] colour() {
        return new double[] {random.nextDouble(0, 256), random.nextDouble(0, 256), random.nextDouble(0, 256)};
    }

    private double[] contrasting(double[] ground) {
        while (true) {
            double[] colour = colour();
            double distance = 0;
            for (int channel = 0; channel < CHANNELS; channel++) {
                distance += Math.abs(colour[channel] - ground[channel]) / CHANNELS;
            }
            if (distance >= LEAST_CONTRAST) {
                return colour;
            }
        }
    }

    private void clutter(int most) {
        for (int i = 1 + random.nextInt(most); i > 0; i--) {
            double x = random.nextDouble(0, SIZE);
            double y = random.nextDouble(0, SIZE);
            double angle = random.nextDouble(0, 2 * Math.PI);
            double length = random.nextDouble(3, 14);
            double[][] stroke = {
                {x, y, x + length * StrictMath.cos(angle), y + length * StrictMath.sin(angle)},
            };
            draw(stroke, random.nextDouble(THINNEST, THICKEST), colour());
        }
    }

    private void character(double[][] strokes, double[] colour) {
        double angle = random.nextDouble(-TURN, TURN);
        double size = random.nextDouble(SMALLEST, LARGEST);
        double wide = size * random.nextDouble(0.75, 1.1);
        double shear = random.nextDouble(-SHEAR, SHEAR);
        double cx = SIZE / 2.0 + random.nextDouble(-SHIFT, SHIFT);
        double cy = SIZE / 2.0 + random.nextDouble(-SHIFT, SHIFT);
        double cos = StrictMath.cos(angle);
        double sin = StrictMath.sin(angle);
        double[][] placed = new double[strokes.length][4];
        for (int i = 0; i < strokes.length; i++) {
            for (int end = 0; end < 4; end += 2) {
                double x = wide * (strokes[i][end] + shear * strokes[i][end + 1]);
                double y = size * strokes[i][end + 1];
                placed[i][end] = cx + cos * x - sin * y;
                placed[i][end + 1] = cy + sin * x + cos * y;
            }
        }
        draw(placed, random.nextDouble(THINNEST, THICKEST), colour);
    }

    /** Lays a stroke over the image; its edge fades over one pixel. */
    private void draw(double[][] segments, double thickness, double[] colour) {
        for (int y = 0; y < SIZE; y++) {
            for (int x = 0; x < SIZE; x++) {
                double squared = Double.MAX_VALUE;
                for (double[] segment : segments) {
                    squared = Math.min(squared, squaredDistance(segment, x + 0.5, y + 0.5));
                }
                double cover = Math.clamp(thickness / 2 + 0.5 - Math.sqrt(squared), 0, 1);
                if (cover > 0) {
                    for (int channel = 0; channel < CHANNELS; channel++) {
                        int at = (channel * SIZE + y) * SIZE + x;
                        image[at] += cover * (colour[channel] - image[at]);
                    }
                }
            }
        }
    }

    private static double squaredDistance(double[] segment, double x, double y) {
        double dx = segment[2] - segment[0];
        double dy = segment[3] - segment[1];
        double along = ((x - segment[0]) * dx + (y - segment[1]) * dy) / (dx * dx + dy * dy);
        double nearest = Math.clamp(along, 0, 1);
        double offX = x - segment[0] - nearest * dx;
        double offY = y - segment[1] - nearest * dy;
        return offX * offX + offY * offY;
    }

    /** Adds noise of a bell shape (the sum of three uniform draws) and rounds to bytes. */
    private void noise(byte[] target, int offset) {
        double strength = random.nextDouble(NOISE / 3, NOISE);
        for (int i = 0; i < image.length; i++) {
            double bell = random.nextDouble() + random.nextDouble() + random.nextDouble() - 1.5;
            target[offset + i] = (byte) (int) Math.clamp(StrictMath.rint(image[i] + 2 * strength * bell), 0, 255);
        }
    }
}
