package io.phyla.evaluators.engine;

import static io.phyla.evaluators.engine.ElementwiseFlow.get;
import static io.phyla.evaluators.engine.ElementwiseFlow.scaled;
import static io.phyla.evaluators.engine.ElementwiseFlow.set;

/** Softmax in FLOW, on true values. Differences are taken of mantissas, so that not even infinities can meet. */
record SoftmaxFlow(int width) implements FlowRule {

    @Override
    public void forward(Tensor x, Tensor y) {
        for (int start = 0; start < x.elements(); start += width) {
            double top = Double.NEGATIVE_INFINITY;
            for (int i = start; i < start + width; i++) {
                top = Math.max(top, get(x, i));
            }
            double sum = 0;
            for (int i = start; i < start + width; i++) {
                sum += exponential(get(x, i) - top, x.exponent());
            }
            for (int i = start; i < start + width; i++) {
                set(y, i, exponential(get(x, i) - top, x.exponent()) / sum);
            }
        }
        y.exponent(0);
    }

    private static double exponential(double difference, long power) {
        return StrictMath.exp(scaled(difference, power));
    }

    @Override
    public void backward(Tensor x, Tensor y, Tensor dy, Tensor dx) {
        double largest = 0;
        for (int start = 0; start < y.elements(); start += width) {
            double mean = mean(y, dy, start);
            for (int i = start; i < start + width; i++) {
                largest = Math.max(largest, Math.abs(get(y, i) * (get(dy, i) - mean)));
            }
        }
        int shift = ElementwiseFlow.shift(largest);
        for (int start = 0; start < y.elements(); start += width) {
            double mean = mean(y, dy, start);
            for (int i = start; i < start + width; i++) {
                set(dx, i, Math.scalb(get(y, i) * (get(dy, i) - mean), -shift));
            }
        }
        dx.exponent(largest == 0 ? 0 : shift + dy.exponent());
    }

    /** What of the gradient does not depend on the element; y sums to 1 only up to rounding, which is taken out again. */
    private double mean(Tensor y, Tensor dy, int start) {
        double product = 0;
        double sum = 0;
        for (int i = start; i < start + width; i++) {
            product += get(y, i) * get(dy, i);
            sum += get(y, i);
        }
        return product / sum;
    }
}
