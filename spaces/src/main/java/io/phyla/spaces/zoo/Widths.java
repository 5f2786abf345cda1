package io.phyla.spaces.zoo;

/** Numbers of channels and blocks under a factor, as the authors of the mobile networks round them. */
final class Widths {

    private static final int DIVISOR = 8;

    private Widths() {}

    /** The nearest multiple of 8, at least 8, and never less than nine tenths of what was asked for. */
    static int divisible(double channels) {
        int rounded = Math.max(DIVISOR, (int) (channels + DIVISOR / 2.0) / DIVISOR * DIVISOR);
        return rounded < 0.9 * channels ? rounded + DIVISOR : rounded;
    }

    /** So many times as many blocks, rounded up; the product's last bits do not make one more. */
    static int repeated(int blocks, double depth) {
        return Math.max(1, (int) Math.ceil(blocks * depth - 1e-9));
    }

    static double positive(String name, double factor) {
        if (!(factor > 0 && factor < 1000)) {
            throw new IllegalArgumentException("the " + name + " is a factor above 0 and below 1000, not " + factor);
        }
        return factor;
    }
}
