package io.phyla.evaluators.engine;

import io.phyla.evaluators.engine.Execution.Mode;
import org.jspecify.annotations.Nullable;

/** The mean of each channel's map. Its backward run reads nothing of the forward run. */
final class MeanStep implements Step {

    private final int input;
    private final Tensor x;
    private final Tensor y;
    private final int channels;
    private final int pixels;
    private final ChannelSums sums;
    private final double[] totals;
    private @Nullable Tensor dy;
    private @Nullable Tensor dx;

    MeanStep(Compilation compilation, int input, Tensor y) {
        this.input = input;
        this.x = compilation.use(compilation.value(input));
        this.y = y;
        this.channels = x.shape().channels();
        this.pixels = x.shape().height() * x.shape().width();
        this.sums = new ChannelSums(channels);
        this.totals = new double[channels];
    }

    @Override
    public void differentiate(Tensor gradient, Compilation compilation) {
        dy = gradient;
        dx = compilation.gradientOf(input);
    }

    @Override
    public void bind(Bindings bindings) {}

    @Override
    public void forward(Mode mode) {
        for (int sample = 0; sample < y.batch(); sample++) {
            sums.sum(x.segment(), (long) sample * pixels * channels, pixels, totals);
            for (int c = 0; c < channels; c++) {
                Lanes.set(y.segment(), (long) sample * channels + c, (float) (totals[c] / pixels));
            }
        }
        y.exponent(x.exponent());
    }

    @Override
    public void backward(Mode mode, Wanted wanted) {
        if (dy == null || dx == null || !(input > 0 || wanted.images())) {
            return;
        }
        float share = 1f / pixels;
        for (int sample = 0; sample < y.batch(); sample++) {
            // A stride of zero reads the same row for every pixel.
            Rows.copy(
                    dy.segment(),
                    sample * channels,
                    0,
                    dx.segment(),
                    sample * pixels * channels,
                    channels,
                    channels,
                    pixels,
                    share);
        }
        dx.exponent(dy.exponent());
    }
}
