package io.phyla.evaluators.program;

import io.phyla.spaces.design.Operation.Axes;
import java.util.Arrays;

/** The kinds of work on rows; sums over many numbers are double. */
final class RowSteps {

    private RowSteps() {}

    /** Spreads numbers per channel over a row. */
    static void write(double[] perChannel, long address, int period) {
        int channels = perChannel.length;
        for (int p = 0, c = 0; p < period; p++) {
            KernelSums.set(address + 4L * p, (float) perChannel[c]);
            c = c + 1 == channels ? 0 : c + 1;
        }
    }

    static void read(long address, double[] perChannel) {
        for (int c = 0; c < perChannel.length; c++) {
            perChannel[c] = KernelSums.get(address + 4L * c);
        }
    }

    /** Sums per position become sums per channel. */
    static void fold(long address, int period, double[] perChannel) {
        Arrays.fill(perChannel, 0);
        int channels = perChannel.length;
        for (int p = 0, c = 0; p < period; p++) {
            perChannel[c] += KernelSums.get(address + 4L * p);
            c = c + 1 == channels ? 0 : c + 1;
        }
    }

    /** Element-wise work on rows. */
    record Elementwise(Code code, Setting setting) implements RowStep {
        @Override
        public void sample(int sample) {
            code.locate(sample, 0);
            code.run(setting, setting.rowBytes(), true);
        }
    }

    /** A sum over a sample's pixels, as it is after the pass. */
    record Sum(Setting setting, Bases bases, Place from, Place to, double[] sums) implements RowStep {
        @Override
        public void sample(int sample) {
            fold(bases.at(from, sample), setting.period(), sums);
            write(sums, bases.at(to, sample), setting.period());
        }
    }

    /** A sum over the channels of each set. */
    record SumOfChannels(Setting setting, Bases bases, Axes axes, Place from, Place to, double[] sums)
            implements RowStep {
        @Override
        public void sample(int sample) {
            read(bases.at(from, sample), sums);
            int set = setting.setChannels(axes);
            for (int start = 0; start < sums.length; start += set) {
                double sum = 0;
                for (int c = start; c < start + set; c++) {
                    sum += sums[c];
                }
                Arrays.fill(sums, start, start + set, sum);
            }
            write(sums, bases.at(to, sample), setting.period());
        }
    }

    /** A sum over samples, ready after the last one. */
    record SumOfSamples(Setting setting, Bases bases, Place from, Place to, double[] sums) implements RowStep {
        @Override
        public void begin() {
            Arrays.fill(sums, 0);
        }

        @Override
        public void sample(int sample) {
            long address = bases.at(from, sample);
            for (int c = 0; c < sums.length; c++) {
                sums[c] += KernelSums.get(address + 4L * c);
            }
        }

        @Override
        public void end() {
            write(sums, bases.at(to, 0), setting.period());
        }
    }
}
