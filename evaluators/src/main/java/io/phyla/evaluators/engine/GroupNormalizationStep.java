package io.phyla.evaluators.engine;

import io.phyla.evaluators.engine.Execution.Mode;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Each sample's groups of channels normalised by their own mean and biased variance; with one channel to a group this is
 * instance normalisation. The same in training and inference, the identity in FLOW.
 */
final class GroupNormalizationStep implements Step {

    private final int groups;
    private final double epsilon;
    private final int input;
    private final Tensor x;
    private final Tensor y;
    private final Parameter scale;
    private final Parameter shift;
    private final int channels;
    private final int pixels;

    /** Of each sample and group the mean and one over the deviation, in double. */
    private final Buffer moments;

    private final ChannelSums sums;
    private final double[] first;
    private final double[] second;
    private final double[] shiftSums;
    private final double[] scaleSums;
    private final float[] none;
    private final float[] means;
    private final float[] factors;
    private final float[] factorsOfInput;
    private final float[] summands;
    private @Nullable Tensor dy;
    private @Nullable Tensor dx;
    private MemorySegment momentsMemory = MemorySegment.NULL;
    private MemorySegment scales = MemorySegment.NULL;
    private MemorySegment shifts = MemorySegment.NULL;
    private MemorySegment scaleGradient = MemorySegment.NULL;
    private MemorySegment shiftGradient = MemorySegment.NULL;

    GroupNormalizationStep(
            Compilation compilation, int input, Tensor y, int groups, double epsilon, List<Parameter> parameters) {
        this.groups = groups;
        this.epsilon = epsilon;
        this.input = input;
        this.x = compilation.use(compilation.value(input));
        this.y = y;
        this.scale = parameters.get(0);
        this.shift = parameters.get(1);
        this.channels = y.shape().channels();
        this.pixels = y.shape().height() * y.shape().width();
        this.moments = compilation.reserve(2L * y.batch() * groups * Double.BYTES);
        this.sums = new ChannelSums(channels);
        this.first = new double[channels];
        this.second = new double[channels];
        this.shiftSums = new double[channels];
        this.scaleSums = new double[channels];
        this.none = new float[channels];
        this.means = new float[channels];
        this.factors = new float[channels];
        this.factorsOfInput = new float[channels];
        this.summands = new float[channels];
    }

    @Override
    public void differentiate(Tensor gradient, Compilation compilation) {
        dy = gradient;
        dx = compilation.gradientOf(input);
        x.buffer().keep();
        moments.keep();
    }

    @Override
    public void bind(Bindings bindings) {
        momentsMemory = bindings.segment(moments);
        ParameterVector parameters = bindings.parameters();
        scales = parameters.values().segment(scale);
        shifts = parameters.values().segment(shift);
        scaleGradient = parameters.gradients().segment(scale);
        shiftGradient = parameters.gradients().segment(shift);
    }

    @Override
    public void forward(Mode mode) {
        switch (mode) {
            case TRAINING, FROZEN, INFERENCE -> {
                for (int sample = 0; sample < y.batch(); sample++) {
                    normalise(sample);
                }
            }
            case FLOW -> Flow.copy(x, y);
        }
    }

    private void normalise(int sample) {
        long start = start(sample);
        sums.sum(x.segment(), start, pixels, first);
        for (int group = 0; group < groups; group++) {
            // Rounded first, so that forward and backward run subtract the same number.
            float mean = (float) (total(first, group) / size());
            Arrays.fill(means, from(group), from(group + 1), mean);
        }
        sums.products(x.segment(), means, x.segment(), means, start, pixels, second);
        for (int group = 0; group < groups; group++) {
            double mean = means[from(group)];
            double inverse = 1 / Math.sqrt(total(second, group) / size() + epsilon);
            momentsMemory.setAtIndex(ValueLayout.JAVA_DOUBLE, moment(sample, group), mean);
            momentsMemory.setAtIndex(ValueLayout.JAVA_DOUBLE, moment(sample, group) + 1, inverse);
            for (int c = from(group); c < from(group + 1); c++) {
                double factor = Lanes.get(scales, c) * inverse;
                factors[c] = (float) factor;
                summands[c] = (float) (Lanes.get(shifts, c) - mean * factor);
            }
        }
        ChannelScaling.scale(x.segment(), factors, summands, y.segment(), start, pixels);
    }

    @Override
    public void backward(Mode mode, Wanted wanted) {
        if (dy == null) {
            return;
        }
        Arrays.fill(scaleSums, 0);
        Arrays.fill(shiftSums, 0);
        switch (mode) {
            case TRAINING, FROZEN, INFERENCE -> {
                for (int sample = 0; sample < y.batch(); sample++) {
                    differentiate(sample, dy, wanted.images() || input > 0 ? dx : null);
                }
            }
            case FLOW -> {
                if (dx != null) {
                    Flow.copy(dy, dx);
                }
            }
        }
        for (int c = 0; c < channels; c++) {
            Lanes.set(scaleGradient, c, (float) scaleSums[c]);
            Lanes.set(shiftGradient, c, (float) shiftSums[c]);
        }
    }

    /**
     * With h = (x - mean) / deviation and means over the group: dx = (scale * dy - mean(scale * dy) - h * mean(scale * dy *
     * h)) / deviation.
     */
    private void differentiate(int sample, Tensor gradient, @Nullable Tensor target) {
        long start = start(sample);
        for (int group = 0; group < groups; group++) {
            double mean = momentsMemory.getAtIndex(ValueLayout.JAVA_DOUBLE, moment(sample, group));
            Arrays.fill(means, from(group), from(group + 1), (float) mean);
        }
        sums.sum(gradient.segment(), start, pixels, first);
        sums.products(gradient.segment(), none, x.segment(), means, start, pixels, second);
        for (int group = 0; group < groups; group++) {
            double mean = momentsMemory.getAtIndex(ValueLayout.JAVA_DOUBLE, moment(sample, group));
            double inverse = momentsMemory.getAtIndex(ValueLayout.JAVA_DOUBLE, moment(sample, group) + 1);
            double plain = 0;
            double along = 0;
            for (int c = from(group); c < from(group + 1); c++) {
                shiftSums[c] += first[c];
                scaleSums[c] += second[c] * inverse;
                plain += Lanes.get(scales, c) * first[c];
                along += Lanes.get(scales, c) * second[c] * inverse;
            }
            double slope = inverse * inverse * along / size();
            for (int c = from(group); c < from(group + 1); c++) {
                factors[c] = (float) (Lanes.get(scales, c) * inverse);
                factorsOfInput[c] = (float) -slope;
                summands[c] = (float) (slope * mean - inverse * plain / size());
            }
        }
        if (target != null) {
            ChannelScaling.combine(
                    gradient.segment(),
                    factors,
                    x.segment(),
                    factorsOfInput,
                    summands,
                    target.segment(),
                    start,
                    pixels);
        }
    }

    private double total(double[] perChannel, int group) {
        double total = 0;
        for (int c = from(group); c < from(group + 1); c++) {
            total += perChannel[c];
        }
        return total;
    }

    /** Elements of a group. */
    private double size() {
        return (double) (channels / groups) * pixels;
    }

    private int from(int group) {
        return group * (channels / groups);
    }

    private long start(int sample) {
        return (long) sample * pixels * channels;
    }

    private long moment(int sample, int group) {
        return 2L * (sample * groups + group);
    }
}
