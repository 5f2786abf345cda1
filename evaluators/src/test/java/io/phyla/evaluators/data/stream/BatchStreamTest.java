package io.phyla.evaluators.data.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.phyla.evaluators.data.Batch;
import io.phyla.evaluators.data.Batches;
import io.phyla.evaluators.data.Dataset;
import io.phyla.evaluators.data.Dataset.Split;
import io.phyla.evaluators.data.Glyphs;
import io.phyla.evaluators.data.InvalidDataException;
import io.phyla.evaluators.data.Resolution;
import io.phyla.spaces.design.Shape;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BatchStreamTest {

    private static final Augmentation ALL = new Augmentation(2, true, 3, 0.4);

    /** A copy of what a stream lends. */
    private record Copy(float[] images, int[] labels, int[] second, float[] weights, int count, long number) {

        static Copy of(ImageBatch batch) {
            return new Copy(
                    batch.images().toArray(ValueLayout.JAVA_FLOAT),
                    batch.labels().clone(),
                    batch.secondLabels().clone(),
                    batch.weights().clone(),
                    batch.count(),
                    batch.number());
        }

        boolean same(Copy other) {
            return Arrays.equals(images, other.images)
                    && Arrays.equals(labels, other.labels)
                    && Arrays.equals(second, other.second)
                    && Arrays.equals(weights, other.weights)
                    && number == other.number;
        }
    }

    private static List<Copy> take(BatchStream stream, int most) throws InterruptedException {
        List<Copy> copies = new ArrayList<>();
        try (stream) {
            while (copies.size() < most) {
                Optional<ImageBatch> batch = stream.next();
                if (batch.isEmpty()) {
                    return copies;
                }
                copies.add(Copy.of(batch.get()));
            }
            return copies;
        }
    }

    @Property(tries = 30)
    void everyImageComesOnceInEachEpoch(
            @ForAll @IntRange(min = 1, max = 50) int images,
            @ForAll @IntRange(min = 1, max = 60) int batch,
            @ForAll long seed)
            throws InterruptedException {
        Dataset data = new Numbered(images, 1, 2);
        int steps = (int) BatchStream.steps(data, batch, 3);
        int[] labels = take(BatchStream.training(data, batch, 2, Augmentation.NONE, seed, 0), steps).stream()
                .flatMapToInt(copy -> Arrays.stream(copy.labels()))
                .toArray();
        int[] all = IntStream.range(0, images).toArray();
        for (int epoch = 0; epoch < 3; epoch++) {
            int[] seen = Arrays.copyOfRange(labels, epoch * images, (epoch + 1) * images);
            Arrays.sort(seen);
            assertThat(seen).isEqualTo(all);
        }
    }

    @Test
    void theOrderDependsOnSeedAndEpochAlone() throws InterruptedException {
        Dataset data = new Numbered(40, 1, 2);
        int[] order = labels(data, 40, 5, Augmentation.NONE);
        assertThat(labels(data, 40, 5, Augmentation.NONE)).isEqualTo(order);
        assertThat(labels(data, 40, 6, Augmentation.NONE)).isNotEqualTo(order);
        assertThat(labels(data, 7, 5, Augmentation.NONE)).startsWith(Arrays.copyOf(order, 40));
        assertThat(labels(data, 40, 5, ALL))
                .as("augmentation has numbers of its own")
                .isEqualTo(order);
        assertThat(Arrays.copyOfRange(order, 40, 80)).isNotEqualTo(Arrays.copyOf(order, 40));
    }

    private static int[] labels(Dataset data, int batch, long seed, Augmentation augmentation)
            throws InterruptedException {
        int steps = (int) BatchStream.steps(data, batch, 2);
        return Arrays.copyOf(
                take(BatchStream.training(data, batch, 2, augmentation, seed, 0), steps).stream()
                        .flatMapToInt(copy -> Arrays.stream(copy.labels()))
                        .toArray(),
                2 * data.count(Split.TRAIN));
    }

    @Property(tries = 20)
    void resumingInTheMiddleEqualsTheStraightRun(
            @ForAll long seed,
            @ForAll @IntRange(min = 0, max = 11) int first,
            @ForAll @IntRange(min = 1, max = 9) int batch)
            throws InterruptedException {
        Dataset data = new Numbered(20, 3, 4);
        List<Copy> straight = take(BatchStream.training(data, batch, 4, ALL, seed, 0), 12);
        List<Copy> resumed = take(BatchStream.training(data, batch, 4, ALL, seed, first), 12 - first);
        for (int i = 0; i < resumed.size(); i++) {
            assertThat(resumed.get(i).number()).isEqualTo(first + i);
            assertThat(resumed.get(i).same(straight.get(first + i))).isTrue();
        }
    }

    /** What happens to an image in an epoch does not depend on the batch it comes in. */
    @Test
    void anImagesNumbersDependOnSeedEpochAndImageAlone() throws InterruptedException {
        Dataset data = new Numbered(24, 3, 6);
        float[] whole =
                take(BatchStream.training(data, 24, 6, ALL, 9, 0), 1).getFirst().images();
        List<Copy> small = take(BatchStream.training(data, 5, 6, ALL, 9, 0), 4);
        for (int i = 0; i < 20; i++) {
            int length = 3 * 36;
            assertThat(Arrays.copyOfRange(small.get(i / 5).images(), i % 5 * length, (i % 5 + 1) * length))
                    .isEqualTo(Arrays.copyOfRange(whole, i * length, (i + 1) * length));
        }
        float[] next =
                take(BatchStream.training(data, 24, 6, ALL, 9, 1), 1).getFirst().images();
        assertThat(next).isNotEqualTo(whole);
    }

    @Test
    void writesChannelsLast() throws InterruptedException {
        Dataset data = new Numbered(10, 3, 4);
        Copy batch = take(BatchStream.training(data, 4, 4, Augmentation.NONE, 1, 0), 1)
                .getFirst();
        for (int at = 0; at < batch.images().length; at++) {
            int image = batch.labels()[at / 48];
            assertThat(batch.images()[at]).isEqualTo(Numbered.value(image, at % 3, at / 12 % 4, at / 3 % 4));
        }
    }

    /** The proxies' batches are the same numbers in the other order. */
    @Test
    void normalisesAndScalesAsTheProxiesDo() throws InterruptedException {
        for (int size : new int[] {32, 16, 64}) {
            Copy batch = take(BatchStream.evaluation(Glyphs.instance(), Split.VALIDATION, 6, size), 1)
                    .getFirst();
            Batch expected = Resolution.scale(new Batches(Glyphs.instance()).range(Split.VALIDATION, 0, 6), size);
            assertThat(batch.labels()).isEqualTo(expected.labels());
            int area = size * size;
            for (int i = 0; i < batch.images().length; i++) {
                int stored = (i / (3 * area) * area + i % area) * 3 + i / area % 3;
                assertThat(batch.images()[stored]).isEqualTo(expected.images()[i]);
            }
        }
    }

    @Test
    void anEvaluationComesInOrderAndItsLastBatchIsPadded() throws InterruptedException {
        Dataset data = new Numbered(50, 2, 3);
        List<Copy> batches = take(BatchStream.evaluation(data, Split.TEST, 8, 3), 100);
        assertThat(batches).hasSize(4);
        assertThat(batches.stream().map(Copy::count)).containsExactly(8, 8, 8, 1);
        assertThat(batches.get(2).labels()).containsExactly(16, 17, 18, 19, 20, 21, 22, 23);
        Copy last = batches.getLast();
        assertThat(last.labels()).containsExactly(24, 0, 0, 0, 0, 0, 0, 0);
        assertThat(last.weights()).containsExactly(1, 0, 0, 0, 0, 0, 0, 0);
        assertThat(Arrays.copyOfRange(last.images(), 18, 8 * 18)).containsOnly(0);
        assertThat(Arrays.copyOf(last.images(), 18)).contains(Numbered.value(24, 1, 2, 2));
        assertThat(take(BatchStream.evaluation(data, Split.TEST, 25, 3), 9)).hasSize(1);
    }

    @Test
    void mixupBlendsEachImageWithAnother() throws InterruptedException {
        Dataset data = new Numbered(30, 1, 4);
        Augmentation mixup = new Augmentation(0, false, 0, 1);
        int foreign = 0;
        for (Copy batch : take(BatchStream.training(data, 30, 4, mixup, 3, 0), 4)) {
            for (int at = 0; at < batch.images().length; at++) {
                int i = at / 16;
                double weight = batch.weights()[i];
                double expected = weight * Numbered.value(batch.labels()[i], 0, at / 4 % 4, at % 4)
                        + (1 - weight) * Numbered.value(batch.second()[i], 0, at / 4 % 4, at % 4);
                assertThat((double) batch.images()[at]).isCloseTo(expected, within(1e-3));
            }
            for (int i = 0; i < 30; i++) {
                foreign += batch.labels()[i] == batch.second()[i] ? 0 : 1;
            }
        }
        assertThat(foreign).isGreaterThan(100);
    }

    @Test
    void refusesWhatItCannotDo() {
        Dataset data = new Numbered(1, 1, 4);
        assertThatThrownBy(() -> BatchStream.evaluation(data, Split.TEST, 4, 4))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage("numbered has no images in its split TEST");
        assertThatThrownBy(() -> BatchStream.training(data, 4, 3, Augmentation.NONE, 1, 0))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("1x3x3", "1x4x4");
        assertThatThrownBy(() -> BatchStream.training(data, 0, 4, Augmentation.NONE, 1, 0))
                .hasMessageContaining("at least one");
        assertThatThrownBy(() -> new Augmentation(0, false, 0, Double.NaN)).hasMessageContaining("mixup of NaN");
    }

    @Test
    void countsItsMemory() {
        assertThat(BatchStream.bytes(64, new Shape(3, 32, 32))).isEqualTo(3L * 64 * 3072 * 4);
        assertThat(BatchStream.bytes(1, new Shape(1, 3, 3)))
                .as("whole cache lines")
                .isEqualTo(3 * 64);
    }
}
