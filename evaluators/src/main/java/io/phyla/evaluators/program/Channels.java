package io.phyla.evaluators.program;

import io.phyla.spaces.design.Operation.Moment;
import java.util.Arrays;

/**
 * Of each channel of one sample the mean, the variance within it and the mean square, out of sums over a pass or out of a row.
 * Sums that variances are made of are sums of distances from a first element, so that no digits are lost where the mean is far
 * from 0; what stands at different positions of a row is joined by the rule of Chan, Golub and LeVeque (1979).
 */
final class Channels {

    /** Which sums there are. */
    enum Kind {
        /** Sums, for means. */
        PLAIN,
        /** Sums of squares, for mean squares. */
        SQUARES,
        /** First elements, sums and sums of squares from there, for all. */
        CENTERED,
        /** A row stands for itself. */
        ROW
    }

    private final Setting setting;
    private final Bases bases;
    private final Kind kind;
    private final Place from;
    final double[] mean;
    final double[] within;
    final double[] square;

    /** @param from the row, or the rows of sums one after the other */
    Channels(Setting setting, Bases bases, Kind kind, Place from) {
        this.setting = setting;
        this.bases = bases;
        this.kind = kind;
        this.from = from;
        this.mean = new double[setting.channels()];
        this.within = new double[setting.channels()];
        this.square = new double[setting.channels()];
    }

    void read(int sample) {
        long address = bases.at(from, sample);
        switch (kind) {
            case PLAIN -> {
                RowSteps.fold(address, setting.period(), mean);
                divide(mean);
            }
            case SQUARES -> {
                RowSteps.fold(address, setting.period(), square);
                divide(square);
            }
            case CENTERED -> join(address);
            case ROW -> {
                RowSteps.read(address, mean);
                for (int c = 0; c < mean.length; c++) {
                    square[c] = mean[c] * mean[c];
                }
            }
        }
    }

    private void divide(double[] sums) {
        for (int c = 0; c < sums.length; c++) {
            sums[c] /= setting.pixels();
        }
    }

    private void join(long shifts) {
        long sums = shifts + setting.rowBytes();
        long squares = sums + setting.rowBytes();
        int channels = setting.channels();
        Arrays.fill(within, 0);
        int positions = Math.min(setting.period(), setting.elements());
        for (int p = 0, c = 0; p < positions; p++) {
            double count = (setting.elements() - p - 1) / setting.period() + 1;
            double sum = KernelSums.get(sums + 4L * p);
            double own = KernelSums.get(shifts + 4L * p) + sum / count;
            double about = Math.max(0, KernelSums.get(squares + 4L * p) - sum * sum / count);
            if (p < channels) {
                mean[c] = own;
                square[c] = count;
                within[c] = about;
            } else {
                double all = square[c] + count;
                double distance = own - mean[c];
                mean[c] += distance * count / all;
                within[c] += about + distance * distance * square[c] * count / all;
                square[c] = all;
            }
            c = c + 1 == channels ? 0 : c + 1;
        }
        for (int c = 0; c < channels; c++) {
            within[c] /= setting.pixels();
            square[c] = within[c] + mean[c] * mean[c];
        }
    }

    /** The moment's inside, before a root: mean, mean square or variance of the channels from start to end, taken together. */
    double inside(Moment moment, int start, int end) {
        double size = end - start;
        return switch (moment) {
            case MEAN -> mean(mean, start, end, size);
            case RMS -> mean(square, start, end, size);
            case STD -> {
                double center = mean(mean, start, end, size);
                double variance = 0;
                for (int c = start; c < end; c++) {
                    double distance = mean[c] - center;
                    variance += within[c] + distance * distance;
                }
                yield variance / size;
            }
        };
    }

    private static double mean(double[] values, int start, int end, double size) {
        double sum = 0;
        for (int c = start; c < end; c++) {
            sum += values[c];
        }
        return sum / size;
    }
}
