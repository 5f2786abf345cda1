package io.phyla.evaluators.training.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.phyla.evaluators.training.loss.CrossEntropy.Distillation;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/**
 * Against PyTorch 1.13 in float64 on the logits below: {@code F.cross_entropy} with and without {@code label_smoothing=0.1}; for
 * mixup {@code (s * ce(z, a) + (1 - s) * ce(z, b)).mean()} with smoothing; for distillation {@code 0.4 * ce + 0.6 * 9 *
 * F.kl_div(log_softmax(z / 3), softmax(t / 3), reduction='batchmean')} with smoothing; gradients by autograd.
 */
class CrossEntropyTest {

    private static final int CLASSES = 4;
    private static final float[] LOGITS = {1.5f, -0.5f, 0.25f, 3, -2, 0.1f, 0.7f, 0.4f, 0, 5, -5, 1};
    private static final float[] TEACHER = {0.5f, 0.2f, -0.1f, 1, 1, -1, 2, 0, -0.3f, 0.8f, 0.6f, -1.2f};
    private static final int[] LABELS = {3, 0, 2};
    private static final Targets PLAIN = Targets.of(LABELS);
    private static final Targets MIXED = new Targets(3, LABELS, new int[] {0, 0, 1}, new float[] {0.7f, 1, 0.25f});

    private static void check(CrossEntropy loss, Targets targets, double expected, double... gradient) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment slopes = arena.allocate((long) LOGITS.length * Float.BYTES);
            loss.compute(floats(arena, LOGITS), targets, floats(arena, TEACHER), slopes);
            assertThat(loss.loss()).isCloseTo(expected, within(1e-7));
            for (int i = 0; i < gradient.length; i++) {
                assertThat((double) slopes.getAtIndex(ValueLayout.JAVA_FLOAT, i))
                        .isCloseTo(gradient[i], within(1e-7));
            }
        }
    }

    private static MemorySegment floats(Arena arena, float[] values) {
        return arena.allocateFrom(ValueLayout.JAVA_FLOAT, values);
    }

    @Test
    void isPyTorchsCrossEntropy() {
        check(
                new CrossEntropy(CLASSES, 0),
                PLAIN,
                4.619219762226,
                0.056463400932,
                0.007641490358,
                0.016177035214,
                -0.080281926503,
                -0.323828283524,
                0.077619851771,
                0.141432591196,
                0.104775840556,
                0.002190990689,
                0.325171849690,
                -0.333318570554,
                0.005955730176);
    }

    @Test
    void smoothsLabelsAsPyTorchDoes() {
        check(
                new CrossEntropy(CLASSES, 0.1),
                PLAIN,
                4.448803095559,
                0.048130067598,
                -0.000691842976,
                0.007843701881,
                -0.055281926503,
                -0.298828283524,
                0.069286518438,
                0.133099257863,
                0.096442507223,
                -0.006142342645,
                0.316838516356,
                -0.308318570554,
                -0.002377603158);
    }

    @Test
    void mixesTwoLabels() {
        CrossEntropy loss = new CrossEntropy(CLASSES, 0.1);
        check(
                loss,
                MIXED,
                2.333803095559,
                -0.041869932402,
                -0.000691842976,
                0.007843701881,
                0.034718073497,
                -0.298828283524,
                0.069286518438,
                0.133099257863,
                0.096442507223,
                -0.006142342645,
                0.091838516356,
                -0.083318570554,
                -0.002377603158);
        assertThat(loss.right()).isCloseTo(0.7 + 0.75, within(1e-7));
    }

    @Test
    void followsATeacher() {
        check(
                new CrossEntropy(CLASSES, 0.1, new Distillation(3, 0.6)),
                PLAIN,
                3.206356396649,
                0.022611430985,
                -0.058694464778,
                -0.019153836489,
                0.055236870282,
                -0.207089705999,
                0.099686649449,
                0.013962368454,
                0.093440688097,
                -0.058650263656,
                0.338958138897,
                -0.287591687108,
                0.007283811867);
    }

    /** Central differences of the loss; logits are powers of two apart enough that floats carry them exactly. */
    @Property(tries = 60)
    void theGradientIsThatOfTheLoss(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 5) int samples,
            @ForAll @IntRange(min = 1, max = 12) int classes) {
        SplittableRandom random = new SplittableRandom(seed);
        CrossEntropy loss =
                new CrossEntropy(classes, random.nextDouble() / 2, new Distillation(1 + 4 * random.nextDouble(), random.nextDouble()));
        Targets targets = new Targets(samples, new int[samples], new int[samples], new float[samples]);
        for (int i = 0; i < samples; i++) {
            targets.labels()[i] = random.nextInt(classes);
            targets.partners()[i] = random.nextInt(classes);
            targets.shares()[i] = random.nextInt(5) / 4f;
        }
        try (Arena arena = Arena.ofConfined()) {
            float[] values = new float[samples * classes];
            float[] taught = new float[values.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = random.nextInt(-4096, 4096) / 1024f;
                taught[i] = random.nextInt(-4096, 4096) / 1024f;
            }
            MemorySegment logits = floats(arena, values);
            MemorySegment teacher = floats(arena, taught);
            MemorySegment slopes = arena.allocate(logits.byteSize());
            loss.compute(logits, targets, teacher, slopes);
            float step = 1f / 1024;
            for (int i = 0; i < values.length; i++) {
                logits.setAtIndex(ValueLayout.JAVA_FLOAT, i, values[i] + step);
                loss.compute(logits, targets, teacher, MemorySegment.NULL);
                double above = loss.loss();
                logits.setAtIndex(ValueLayout.JAVA_FLOAT, i, values[i] - step);
                loss.compute(logits, targets, teacher, MemorySegment.NULL);
                double slope = (above - loss.loss()) / (2 * step);
                logits.setAtIndex(ValueLayout.JAVA_FLOAT, i, values[i]);
                assertThat((double) slopes.getAtIndex(ValueLayout.JAVA_FLOAT, i)).isCloseTo(slope, within(2e-6));
            }
        }
    }

    @Test
    void largeLogitsStayFinite() {
        try (Arena arena = Arena.ofConfined()) {
            CrossEntropy loss = new CrossEntropy(3, 0.1);
            MemorySegment slopes = arena.allocate(3 * Float.BYTES);
            loss.compute(
                    floats(arena, new float[] {1e30f, -1e30f, 0}),
                    Targets.of(new int[] {0}),
                    MemorySegment.NULL,
                    slopes);
            assertThat(loss.loss()).isFinite();
            assertThat(loss.right()).isOne();
        }
    }

    @Test
    void countsOnlyTheSamplesThatAreThere() {
        try (Arena arena = Arena.ofConfined()) {
            CrossEntropy loss = new CrossEntropy(CLASSES, 0);
            loss.compute(
                    floats(arena, LOGITS),
                    new Targets(1, LABELS, LABELS, new float[] {1, 1, 1}),
                    MemorySegment.NULL,
                    MemorySegment.NULL);
            assertThat(loss.right()).isOne();
        }
    }
}
