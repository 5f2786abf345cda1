package io.phyla.evaluators.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.spaces.design.Extent;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Shape;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** oneDNN falls back to loops that nobody made fast without a word: here each layer's kernels are asked for their names. */
class KernelChoiceTest {

    private static final int BATCH = 8;

    @BeforeAll
    static void oneThread() {
        OneThread.enter();
    }

    static Stream<Kernels.Specification<?>> layers() {
        return Stream.of(
                        Stream.of(3, 13, 16, 64).flatMap(KernelChoiceTest::convolutions),
                        Stream.of(8, 13, 64).flatMap(KernelChoiceTest::depthwise),
                        Stream.of(1, 4, 32).map(KernelChoiceTest::transposed),
                        Stream.of(Layer.Activation.Function.values())
                                .map(function ->
                                        new ElementwiseSpecification(BATCH, maps(13), Elementwise.of(function))),
                        Stream.of(0.1, -0.1)
                                .map(slope -> new ElementwiseSpecification(BATCH, maps(13), Elementwise.leaky(slope))),
                        Stream.of(13, 16).flatMap(KernelChoiceTest::others))
                .flatMap(specifications -> specifications);
    }

    private static Stream<Kernels.Specification<?>> convolutions(int channels) {
        return Stream.of(
                convolution(channels, 1, 1, 1, 1),
                convolution(channels, 3, 1, 1, 1),
                convolution(channels, 3, 2, 1, 1),
                convolution(channels, 5, 1, 1, 1),
                new WeightedKernels.Linear(BATCH, maps(channels), 10, true));
    }

    private static Stream<Kernels.Specification<?>> depthwise(int channels) {
        return Stream.of(
                convolution(channels, 3, 1, 1, channels),
                convolution(channels, 3, 2, 1, channels),
                convolution(channels, 5, 1, 1, channels),
                convolution(channels, 7, 2, 1, channels),
                convolution(channels, 7, 1, 1, channels));
    }

    private static Kernels.Specification<?> transposed(int groups) {
        Layer.TransposedConvolution layer = new Layer.TransposedConvolution(
                32, Extent.of(4), Extent.of(2), Extent.ONE, Extent.ZERO, Extent.ONE, groups, true);
        return new TransposedSpecification(BATCH, maps(32), new Shape(32, 32, 32), layer);
    }

    private static Stream<Kernels.Specification<?>> others(int channels) {
        Shape in = maps(channels);
        return Stream.of(
                new PoolingSpecification(BATCH, in, in, Layer.Pooling.average(3, 1, 1)),
                new PoolingSpecification(BATCH, in, in, Layer.Pooling.maximum(3, 1, 1)),
                new SoftmaxSpecification(BATCH, in, 1),
                new LayerNormalizationKernels.Specification(BATCH, in, 1e-5),
                new NormalizationKernels.Specification(BATCH, in, 1e-5, true),
                new MatrixProductKernels.Specification(BATCH, 4, 64, channels, 64, true, 0.25),
                new MatrixProductKernels.Specification(BATCH, 4, 64, 64, channels, false, 1),
                new UpsampleSpecification(BATCH, in, new Layer.Upsample(2, Layer.Upsample.Kind.NEAREST)),
                new UpsampleSpecification(BATCH, in, new Layer.Upsample(2, Layer.Upsample.Kind.LINEAR)));
    }

    private static WeightedKernels.Convolution convolution(
            int channels, int kernel, int stride, int dilation, int groups) {
        int padding = dilation * (kernel / 2);
        int size = 15 / stride + 1;
        return new WeightedKernels.Convolution(
                BATCH,
                maps(channels),
                new Shape(channels, size, size),
                Extent.of(kernel),
                Extent.of(stride),
                Extent.of(padding),
                Extent.of(dilation),
                groups,
                false);
    }

    private static Shape maps(int channels) {
        return new Shape(channels, 16, 16);
    }

    private static List<String> names(Kernels.Specification<?> specification) {
        try (Natives natives = new Natives()) {
            return specification
                    .create(natives)
                    .primitives()
                    .map(Primitive::implementation)
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("layers")
    void noLayerFallsBackToSlowLoops(Kernels.Specification<?> specification) {
        assertThat(names(specification)).isNotEmpty().noneMatch(name -> name.contains("ref") || name.contains("gemm"));
    }

    /** The one place where a slow kernel is known and kept: a quarter of the speed of the same window without holes. */
    @Test
    void denseConvolutionsWithHolesMultiplyUnfoldedImagesForTheirWeights() {
        assertThat(names(convolution(16, 3, 1, 2, 1)))
                .filteredOn(name -> name.contains("gemm"))
                .hasSize(Instructions.inUse() == Instructions.AVX2 ? 1 : 0);
    }
}
