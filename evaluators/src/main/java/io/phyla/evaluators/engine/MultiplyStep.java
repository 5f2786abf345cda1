package io.phyla.evaluators.engine;

import io.phyla.evaluators.engine.Execution.Mode;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** The product of two inputs, the second perhaps one number per channel and sample for all pixels (squeeze-excitation). */
final class MultiplyStep implements Step {

    private final int inputA;
    private final int inputB;
    private final Tensor a;
    private final Tensor b;
    private final Tensor y;
    private final boolean broadcast;
    private final int channels;
    private final int pixels;
    private final ChannelSums sums;
    private final double[] totals;
    private final float[] none;
    private final float[] factors;
    private @Nullable Tensor dy;
    private @Nullable Tensor da;
    private @Nullable Tensor db;

    MultiplyStep(Compilation compilation, int inputA, int inputB, Tensor y) {
        this.inputA = inputA;
        this.inputB = inputB;
        this.a = compilation.use(compilation.value(inputA));
        this.b = compilation.use(compilation.value(inputB));
        this.y = y;
        this.broadcast = !a.shape().equals(b.shape());
        this.channels = y.shape().channels();
        this.pixels = y.shape().height() * y.shape().width();
        this.sums = new ChannelSums(channels);
        this.totals = new double[channels];
        this.none = new float[channels];
        this.factors = new float[channels];
    }

    @Override
    public void differentiate(Tensor gradient, Compilation compilation) {
        dy = gradient;
        da = compilation.gradientOf(inputA);
        db = compilation.gradientOf(inputB);
        if (da != null) {
            b.buffer().keep();
        }
        if (db != null) {
            a.buffer().keep();
        }
    }

    @Override
    public void bind(Bindings bindings) {}

    @Override
    public void forward(Mode mode) {
        multiplyByB(a, y);
        exponent(mode, y, a, b);
    }

    @Override
    public void backward(Mode mode, Wanted wanted) {
        if (dy == null) {
            return;
        }
        if (da != null && (inputA > 0 || wanted.images())) {
            multiplyByB(dy, da);
            exponent(mode, da, dy, b);
        }
        if (db != null && (inputB > 0 || wanted.images())) {
            if (broadcast) {
                multiplyAndSum(dy, db);
            } else {
                Arithmetic.multiply(dy.segment(), a.segment(), db.segment(), db.elements());
            }
            exponent(mode, db, dy, a);
        }
    }

    private void multiplyByB(Tensor source, Tensor target) {
        if (!broadcast) {
            Arithmetic.multiply(source.segment(), b.segment(), target.segment(), target.elements());
            return;
        }
        for (int sample = 0; sample < y.batch(); sample++) {
            for (int c = 0; c < channels; c++) {
                factors[c] = Lanes.get(b.segment(), (long) sample * channels + c);
            }
            ChannelScaling.scale(source.segment(), factors, none, target.segment(), start(sample), pixels);
        }
    }

    private void multiplyAndSum(Tensor gradient, Tensor target) {
        MemorySegment memory = target.segment();
        for (int sample = 0; sample < y.batch(); sample++) {
            sums.products(gradient.segment(), none, a.segment(), none, start(sample), pixels, totals);
            for (int c = 0; c < channels; c++) {
                Lanes.set(memory, (long) sample * channels + c, (float) totals[c]);
            }
        }
    }

    private long start(int sample) {
        return (long) sample * pixels * channels;
    }

    private static void exponent(Mode mode, Tensor product, Tensor first, Tensor second) {
        switch (mode) {
            case TRAINING, FROZEN, INFERENCE -> {}
            case FLOW -> {
                product.exponent(first.exponent() + second.exponent());
                Flow.normalise(product);
            }
        }
    }
}
