package io.phyla.evaluators.data.stream;

import io.phyla.evaluators.data.Dataset;
import io.phyla.evaluators.engine.NativeBlock;
import io.phyla.spaces.design.Shape;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What the thread that prepares batches takes for 64 images of 3x32x32. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class BatchBenchmark {

    private static final int BATCH = 64;
    private static final Shape SHAPE = new Shape(3, 32, 32);

    /** How images are changed. */
    public enum Changes {
        NONE(Augmentation.NONE),
        CROP_FLIP(Augmentation.CIFAR),
        CROP_FLIP_CUTOUT(new Augmentation(4, true, 16, 0)),
        CROP_FLIP_CUTOUT_MIXUP(new Augmentation(4, true, 16, 0.2));

        final Augmentation augmentation;

        Changes(Augmentation augmentation) {
            this.augmentation = augmentation;
        }
    }

    @Param
    public Changes changes;

    private NativeBlock memory;
    private ImageBatch batch;
    private BatchSource source;
    private long number;

    @Setup
    public void open() {
        memory = NativeBlock.take(BATCH * SHAPE.elements() * Float.BYTES);
        batch = new ImageBatch(BATCH, SHAPE, memory.segment());
        source = new TrainingBatches(new InMemory(), 32, changes.augmentation, 1);
    }

    @TearDown
    public void close() {
        memory.close();
    }

    @Benchmark
    public boolean fill() {
        return source.fill(number++, batch, () -> true);
    }

    /** As many images as CIFAR's training split, whose bytes do not matter. */
    private static final class InMemory implements Dataset {

        private static final int IMAGES = 45_000;
        private final byte[] pixels = new byte[IMAGES * 3072];

        InMemory() {
            new SplittableRandom(1).nextBytes(pixels);
        }

        @Override
        public String name() {
            return "random";
        }

        @Override
        public int classes() {
            return 10;
        }

        @Override
        public int channels() {
            return 3;
        }

        @Override
        public int size() {
            return 32;
        }

        @Override
        public int count(Split split) {
            return IMAGES;
        }

        @Override
        public int read(Split split, int index, byte[] target, int offset) {
            System.arraycopy(pixels, index * 3072, target, offset, 3072);
            return index % 10;
        }

        @Override
        public String sha256() {
            return "";
        }
    }
}
