package io.phyla.evaluators.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.phyla.spaces.design.Extent;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Shape;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PrimitiveCacheTest {

    @Test
    void equalSpecificationsShareKernels() {
        PrimitiveCache cache = new PrimitiveCache(4);
        UnaryKernels first = cache.acquire(rectifier(3));
        assertThat(cache.acquire(rectifier(3))).isSameAs(first);
        assertThat(cache.acquire(rectifier(4))).isNotSameAs(first);
        assertThat(cache.size()).isEqualTo(2);
    }

    @Test
    void theLeastRecentlyUsedGoesUnlessInUse() {
        PrimitiveCache cache = new PrimitiveCache(2);
        UnaryKernels used = cache.acquire(rectifier(1));
        cache.acquire(rectifier(2));
        cache.acquire(rectifier(3));
        cache.acquire(rectifier(4));
        assertThat(cache.size()).isEqualTo(4);
        cache.release(rectifier(2));
        cache.release(rectifier(3));
        assertThat(cache.size()).isEqualTo(2);
        assertThat(cache.acquire(rectifier(1))).isSameAs(used);
        assertThat(used.forward().scratchpadBytes()).isZero();
    }

    @Test
    void refusesToReleaseTwice() {
        PrimitiveCache cache = new PrimitiveCache(2);
        cache.acquire(rectifier(1));
        cache.release(rectifier(1));
        assertThatIllegalStateException()
                .isThrownBy(() -> cache.release(rectifier(1)))
                .withMessageContaining("more often");
    }

    @Test
    void sayWhichLayerHasNoKernel() {
        PrimitiveCache cache = new PrimitiveCache(2);
        Shape shape = new Shape(4, 4, 4);
        assertThatIllegalStateException()
                .isThrownBy(() -> cache.acquire(new WeightedKernels.Convolution(
                        1, shape, shape, Extent.of(3), Extent.ONE, Extent.ZERO, Extent.ONE, 1, false)))
                .withMessageContaining("Convolution[batch=1, in=4x4x4, out=4x4x4")
                .withMessageContaining("describing a convolution");
        assertThat(cache.size()).isZero();
    }

    private record Hungry(AtomicInteger freed) implements Kernels.Specification<SumKernels> {

        @Override
        public SumKernels create(Natives natives) {
            natives.alsoFree(freed::incrementAndGet);
            throw new OutOfMemoryError("for once");
        }
    }

    /** The process may live on after such an error, so its memory has to come back. */
    @Test
    void freesWhatWasMadeBeforeMemoryRanOut() {
        AtomicInteger freed = new AtomicInteger();
        PrimitiveCache cache = new PrimitiveCache(2);
        assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> cache.acquire(new Hungry(freed)));
        assertThat(freed).hasValue(1);
        assertThat(cache.size()).isZero();
    }

    private static ElementwiseSpecification rectifier(int channels) {
        return new ElementwiseSpecification(
                2, new Shape(channels, 4, 4), Elementwise.of(Layer.Activation.Function.RELU));
    }
}
