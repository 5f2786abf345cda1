package io.phyla.evaluators.program;

/**
 * How much a program's output on the {@link Probe} varies, as standard deviations.
 *
 * @param size mean of |y|; infinite or NaN if an output is
 * @param overall over all elements
 * @param withinMaps over the elements of a sample's channel, the largest one
 * @param besideAffine what the best a_c * x + b_c of every channel c leaves
 */
record Spread(double size, double overall, double withinMaps, double besideAffine) {

    static Spread of(double[] y) {
        int map = Probe.SHAPE.height() * Probe.SHAPE.width();
        int channels = Probe.SHAPE.channels();
        double withinMaps = 0;
        for (int start = 0; start < y.length; start += map) {
            double squares = new Fit(y, start, map, 1, 0).squares();
            withinMaps = Math.max(withinMaps, Math.sqrt(squares / map));
        }
        double unexplained = 0;
        for (int channel = 0; channel < channels; channel++) {
            unexplained += new Fit(y, channel * map, map, Probe.BATCH, channels * map).unexplained();
        }
        double size = 0;
        for (double each : y) {
            size += Math.abs(each);
        }
        double squares = new Fit(y, 0, y.length, 1, 0).squares();
        return new Spread(
                size / y.length, Math.sqrt(squares / y.length), withinMaps, Math.sqrt(unexplained / y.length));
    }

    /** Whether a spread is more than this share of the mean size. */
    boolean exceeds(double spread, double share) {
        return spread > share * size;
    }

    /** Deviations of y, and of x on the same elements: runs of a length, so many, a stride apart. */
    private record Fit(double squares, double ofInput, double product) {

        Fit(double[] y, int start, int length, int runs, int stride) {
            double meanX = 0;
            double meanY = 0;
            for (int run = 0; run < runs; run++) {
                for (int i = start + run * stride; i < start + run * stride + length; i++) {
                    meanX += Probe.X[i];
                    meanY += y[i];
                }
            }
            meanX /= runs * length;
            meanY /= runs * length;
            double squares = 0;
            double ofInput = 0;
            double product = 0;
            for (int run = 0; run < runs; run++) {
                for (int i = start + run * stride; i < start + run * stride + length; i++) {
                    double dx = Probe.X[i] - meanX;
                    double dy = y[i] - meanY;
                    squares += dy * dy;
                    ofInput += dx * dx;
                    product += dx * dy;
                }
            }
            this(squares, ofInput, product);
        }

        /** What no multiple of x explains; rounding may take away more than there is. */
        double unexplained() {
            return Math.max(0, squares - product * product / ofInput);
        }
    }
}
