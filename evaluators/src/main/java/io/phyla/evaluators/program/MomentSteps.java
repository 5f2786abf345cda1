package io.phyla.evaluators.program;

import io.phyla.spaces.design.Operation.Axes;
import io.phyla.spaces.design.Operation.Moment;
import java.util.Arrays;

/** Moments out of what is known of each sample's channels. */
final class MomentSteps {

    private MomentSteps() {}

    private static double root(Moment moment, double inside, double epsilon) {
        return moment == Moment.MEAN ? inside : Math.sqrt(inside + epsilon);
    }

    /** Reads what several moments are taken of, once for all of them. */
    record Source(Channels channels) implements RowStep {
        @Override
        public void sample(int sample) {
            channels.read(sample);
        }
    }

    /** A moment of each sample by itself. */
    record OfSample(
            Setting setting, Bases bases, Channels channels, Moment moment, Axes axes, Place to, double[] moments)
            implements RowStep {
        @Override
        public void sample(int sample) {
            int set = setting.setChannels(axes);
            for (int start = 0; start < moments.length; start += set) {
                double inside = channels.inside(moment, start, start + set);
                Arrays.fill(moments, start, start + set, root(moment, inside, setting.epsilon()));
            }
            RowSteps.write(moments, bases.at(to, sample), setting.period());
        }
    }

    /** A moment of the batch of what is the same for all samples. */
    record AtOnce(OfBatch moment) implements RowStep {
        @Override
        public void sample(int sample) {
            moment.begin();
            moment.sample(sample);
            moment.end();
        }
    }

    /** A moment of the batch: samples join one after the other, ready after the last one. */
    static final class OfBatch implements RowStep {
        private final Setting setting;
        private final Bases bases;
        private final Channels channels;
        private final Moment moment;
        private final Place to;
        private final double[] center;
        private final double[] about;
        private final double[] inside;
        private int count;

        OfBatch(Setting setting, Bases bases, Channels channels, Moment moment, Place to) {
            this.setting = setting;
            this.bases = bases;
            this.channels = channels;
            this.moment = moment;
            this.to = to;
            this.center = new double[setting.channels()];
            this.about = new double[setting.channels()];
            this.inside = new double[setting.channels()];
        }

        @Override
        public void begin() {
            count = 0;
            Arrays.fill(center, 0);
            Arrays.fill(about, 0);
        }

        @Override
        public void sample(int sample) {
            double[] joining = moment == Moment.RMS ? channels.square : channels.mean;
            double share = 1.0 / (count + 1);
            for (int c = 0; c < center.length; c++) {
                double distance = joining[c] - center[c];
                center[c] += distance * share;
                about[c] += channels.within[c] + distance * distance * count * share;
            }
            count++;
        }

        @Override
        public void end() {
            for (int c = 0; c < center.length; c++) {
                inside[c] = moment == Moment.STD ? about[c] / count : center[c];
                center[c] = root(moment, inside[c], setting.epsilon());
            }
            RowSteps.write(center, bases.at(to, 0), setting.period());
        }

        /** Mean, mean square or variance of the last run, one per channel. */
        double[] inside() {
            return inside;
        }
    }
}
