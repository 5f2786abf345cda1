package io.phyla.evaluators.proxy;

/** Sums of products in a fixed order, four partial sums wide: one sum would wait for each addition before the next. */
final class InnerProduct {

    private static final int WIDTH = 4;

    private InnerProduct() {}

    static double of(double[] a, double[] b) {
        return of(a, b, a.length);
    }

    /** Over the first so many elements. */
    static double of(double[] a, double[] b, int count) {
        double sum0 = 0;
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        int i = 0;
        for (; i <= count - WIDTH; i += WIDTH) {
            sum0 += a[i] * b[i];
            sum1 += a[i + 1] * b[i + 1];
            sum2 += a[i + 2] * b[i + 2];
            sum3 += a[i + 3] * b[i + 3];
        }
        for (; i < count; i++) {
            sum0 += a[i] * b[i];
        }
        return sum0 + sum1 + (sum2 + sum3);
    }
}
