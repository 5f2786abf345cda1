package io.phyla.evaluators.engine;

import io.phyla.spaces.design.Extent;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network.Node;
import io.phyla.spaces.design.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which step runs which layer. */
final class Steps {

    private Steps() {}

    /**
     * @param x shape of the node's first input, its own for an input
     * @param y what the node produces
     * @param rectified whether a rectifier is fused into it
     */
    static Step of(
            Compilation compilation, Node node, Shape x, Tensor y, boolean rectified) {
        int batch = y.batch();
        List<Parameter> parameters = compilation.parametersOfNode();
        return switch (node.layer()) {
            case Layer.Input _ -> SourceStep.images(y);
            case Layer.Zero _ -> SourceStep.zeros(y);
            case Layer.Add _ -> new AddStep(compilation, node.inputs(), y);
            case Layer.Activation layer ->
                switch (layer.function()) {
                    case RELU -> new RectifierStep(compilation, input(node), y);
                    case RELU6, HARD_SWISH, HARD_SIGMOID, SWISH, SIGMOID, TANH, GELU -> throw missing(node);
                };
            case Layer.Convolution layer ->
                weighted(
                        compilation,
                        node,
                        y,
                        new WeightedKernels.Convolution(
                                batch,
                                x,
                                y.shape(),
                                layer.kernel(),
                                layer.stride(),
                                layer.padding(),
                                layer.dilation(),
                                layer.groups(),
                                layer.bias()),
                        parameters);
            case Layer.Linear layer ->
                weighted(
                        compilation,
                        node,
                        y,
                        new WeightedKernels.Linear(batch, x, layer.features(), layer.bias()),
                        parameters);
            case Layer.BatchNormalization layer ->
                new NormalizationStep(
                        compilation,
                        input(node),
                        y,
                        layer,
                        rectified,
                        parameters,
                        compilation.statisticsOfNode());
            // Layers of kernels written elsewhere.
            case Layer.TransposedConvolution _,
                    Layer.LayerNormalization _,
                    Layer.LeakyRelu _,
                    Layer.Softmax _,
                    Layer.MatrixProduct _,
                    Layer.Upsample _ ->
                throw missing(node);
            case Layer.GroupNormalization _,
                    Layer.InstanceNormalization _,
                    Layer.Multiply _,
                    Layer.Concat _,
                    Layer.Pad _,
                    Layer.Flatten _,
                    Layer.PixelShuffle _,
                    Layer.Dropout _ ->
                throw missing(node);
            case Layer.Pooling layer ->
                switch (layer.kind()) {
                    case AVERAGE ->
                        new PoolingStep(
                                compilation,
                                input(node),
                                y,
                                new PoolingKernels.Specification(
                                        batch,
                                        x,
                                        y.shape(),
                                        layer.kernel(),
                                        layer.stride(),
                                        layer.padding(),
                                        layer.countPadding()));
                    case MAXIMUM -> throw missing(node);
                };
            case Layer.GlobalPooling _ ->
                new PoolingStep(
                        compilation,
                        input(node),
                        y,
                        new PoolingKernels.Specification(
                                batch,
                                x,
                                y.shape(),
                                new Extent(x.height(), x.width()),
                                Extent.ONE,
                                Extent.ZERO,
                                false));
        };
    }

    private static Step weighted(
            Compilation compilation,
            Node node,
            Tensor y,
            Kernels.Specification<WeightedKernels> specification,
            List<Parameter> parameters) {
        @Nullable Parameter bias = parameters.size() > 1 ? parameters.get(1) : null;
        return new WeightedStep(
                compilation, input(node), y, compilation.kernels(specification), parameters.getFirst(), bias);
    }

    private static IllegalStateException missing(Node node) {
        return new IllegalStateException("layer '" + node.name() + "' has no kernels yet");
    }

    private static int input(Node node) {
        return node.inputs().getFirst();
    }
}
