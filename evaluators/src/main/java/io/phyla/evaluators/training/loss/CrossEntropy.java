package io.phyla.evaluators.training.loss;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/**
 * Softmax cross-entropy, averaged over a batch, and its gradient with respect to the logits. The target of a sample is
 * {@code q = (1 - e) (s [label] + (1 - s) [partner]) + e / K}: label smoothing e (Szegedy et al., CVPR 2016) of a mixture of two
 * labels with share s (mixup, Zhang et al., ICLR 2018). With a teacher (Hinton et al., 2015) the loss is
 * {@code (1 - w) CE(q, p) + w T^2 KL(p_teacher^(T) || p^(T))}, where {@code p^(T) = softmax(logits / T)}.
 *
 * <p>Works in double, in the order of samples and classes. Allocates nothing after it is made; not thread-safe.
 */
public final class CrossEntropy {

    private final int classes;
    private final double smoothing;
    private final Softmax student;
    private final @Nullable Distillation distillation;
    private final @Nullable Softmax cooled;
    private final @Nullable Softmax teacher;
    private double loss;
    private double right;

    /**
     * How much a teacher counts.
     *
     * @param temperature that both distributions are flattened by
     * @param weight of the teacher's part, from 0 to 1
     */
    public record Distillation(double temperature, double weight) {}

    public CrossEntropy(int classes, double smoothing) {
        this(classes, smoothing, null);
    }

    public CrossEntropy(int classes, double smoothing, @Nullable Distillation distillation) {
        this.classes = classes;
        this.smoothing = smoothing;
        this.distillation = distillation;
        student = new Softmax(classes);
        cooled = distillation == null ? null : new Softmax(classes);
        teacher = distillation == null ? null : new Softmax(classes);
    }

    /**
     * Computes loss, hits and gradient of a batch.
     *
     * @param logits samples times classes floats
     * @param targets of at most as many samples as there are logits
     * @param teacherLogits as logits; not read without distillation
     * @param gradient as logits; an empty segment if no gradient is wanted
     */
    public void compute(
            MemorySegment logits, Targets targets, MemorySegment teacherLogits, MemorySegment gradient) {
        int count = targets.count();
        loss = 0;
        right = 0;
        for (int sample = 0; sample < count; sample++) {
            sample(logits, targets, teacherLogits, gradient, sample);
        }
        loss /= count;
    }

    private void sample(
            MemorySegment logits, Targets targets, MemorySegment teacherLogits, MemorySegment gradient, int sample) {
        long start = (long) sample * classes;
        int label = targets.label(sample);
        int partner = targets.partner(sample);
        double share = targets.share(sample);
        student.compute(logits, start, 1);
        int named = student.largest();
        right += (named == label ? share : 0) + (named == partner ? 1 - share : 0);
        double weight = 1;
        double distilled = 0;
        if (distillation != null && cooled != null && teacher != null) {
            double temperature = distillation.temperature();
            weight = 1 - distillation.weight();
            distilled = distillation.weight() * temperature;
            cooled.compute(logits, start, temperature);
            teacher.compute(teacherLogits, start, temperature);
            loss += distilled * temperature * teacher.divergence(cooled);
        }
        boolean wanted = gradient.byteSize() > 0;
        double crossed = 0;
        for (int c = 0; c < classes; c++) {
            double target = smoothing / classes
                    + (1 - smoothing) * ((c == label ? share : 0) + (c == partner ? 1 - share : 0));
            if (target != 0) {
                crossed -= target * student.logarithm(c);
            }
            if (wanted) {
                double slope = weight * (student.probability(c) - target);
                if (cooled != null && teacher != null) {
                    slope += distilled * (cooled.probability(c) - teacher.probability(c));
                }
                gradient.setAtIndex(ValueLayout.JAVA_FLOAT, start + c, (float) (slope / targets.count()));
            }
        }
        loss += weight * crossed;
    }

    /** The last batch's mean loss. */
    public double loss() {
        return loss;
    }

    /** How many samples of the last batch have the largest logit at their label; a mixed sample counts by its shares. */
    public double right() {
        return right;
    }
}
