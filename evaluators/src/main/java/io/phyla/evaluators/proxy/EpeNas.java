package io.phyla.evaluators.proxy;

import io.phyla.evaluators.engine.Execution;
import io.phyla.search.metric.Direction;
import io.phyla.search.metric.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How an untrained network's input gradients of one class resemble each other (Lopes, Alirezazadeh, Alexandre, "EPE-NAS:
 * Efficient Performance Estimation Without Training for Neural Architecture Search", ICANN 2021): with J as in
 * {@link JacobianCovariance} and C the correlation matrix of the rows of one class, s = sum log(|C_ij| + 1e-5). Up to 100
 * outputs the score is the sum of |s| over classes; above, s is divided by the class's images in the batch and the score is the
 * mean of |s - s'| over ordered pairs of classes.
 *
 * <p>A class with one image in the batch has nothing to compare and is left out, so the batch should be several times the number
 * of classes. The score is NaN if that leaves nothing, or if an image's gradient has no variance. Labels count modulo the
 * network's outputs.
 */
public final class EpeNas implements Proxy {

    private static final Metric METRIC = new Metric(
            "epe_nas", "", Direction.MAXIMIZE, false, "how alike the input gradients of a class's images are");

    private static final double K = 1e-5;
    private static final int MOST_SUMMED = 100;

    @Override
    public Metric metric() {
        return METRIC;
    }

    @Override
    public Stage stage() {
        return Stage.OUTPUT_GRADIENTS;
    }

    @Override
    public double compute(ProxyPass pass) {
        Execution execution = pass.inputGradients();
        int outputs = Math.toIntExact(execution.network().output().elements());
        return score(execution.inputGradient(), pass.labels(), outputs);
    }

    /** @param rows one for each label, side by side */
    static double score(double[] rows, int[] labels, int outputs) {
        List<Double> scores = new ArrayList<>();
        for (int label = 0; label < outputs; label++) {
            int[] ofClass = ofClass(labels, label, outputs);
            int images = ofClass.length;
            if (images > 1) {
                double score = score(RowCorrelation.of(select(rows, rows.length / labels.length, ofClass), images));
                scores.add(outputs > MOST_SUMMED ? score / images : score);
            }
        }
        return outputs > MOST_SUMMED ? meanDifference(scores) : sum(scores);
    }

    private static int[] ofClass(int[] labels, int label, int outputs) {
        return IntStream.range(0, labels.length)
                .filter(i -> labels[i] % outputs == label)
                .toArray();
    }

    private static double[] select(double[] rows, int width, int[] wanted) {
        double[] selected = new double[wanted.length * width];
        for (int i = 0; i < wanted.length; i++) {
            System.arraycopy(rows, wanted[i] * width, selected, i * width, width);
        }
        return selected;
    }

    private static double score(double[][] correlation) {
        double score = 0;
        for (double[] row : correlation) {
            for (double value : row) {
                score += StrictMath.log(Math.abs(value) + K);
            }
        }
        return score;
    }

    private static double sum(List<Double> scores) {
        double sum = scores.isEmpty() ? Double.NaN : 0;
        for (double score : scores) {
            sum += Math.abs(score);
        }
        return sum;
    }

    private static double meanDifference(List<Double> scores) {
        double sum = 0;
        for (double a : scores) {
            for (double b : scores) {
                sum += Math.abs(a - b);
            }
        }
        return scores.size() < 2 ? Double.NaN : sum / (scores.size() * (scores.size() - 1));
    }
}
