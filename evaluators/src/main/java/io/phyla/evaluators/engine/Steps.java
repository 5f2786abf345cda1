package io.phyla.evaluators.engine;

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
     * @param parameters the node's own
     * @param rectified whether a rectifier is fused into it
     */
    static Step of(
            Compilation compilation, Node node, Shape x, Tensor y, List<Parameter> parameters, boolean rectified) {
        int batch = y.batch();
        return switch (node.layer()) {
            case Layer.Input _ -> SourceStep.images(y);
            case Layer.Zero _ -> SourceStep.zeros(y);
            case Layer.Add _ -> new AddStep(compilation, node.inputs(), y);
            case Layer.Activation layer ->
                switch (layer.function()) {
                    case RELU -> new RectifierStep(compilation, input(node), y);
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
                        compilation, input(node), y, layer.epsilon(), rectified, parameters.get(0), parameters.get(1));
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
                                        layer.kernel(),
                                        layer.stride(),
                                        layer.padding(),
                                        layer.countPadding()));
                };
            case Layer.GlobalPooling _ ->
                new PoolingStep(
                        compilation,
                        input(node),
                        y,
                        new PoolingKernels.Specification(batch, x, y.shape(), x.height(), x.width(), 1, 0, false));
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

    private static int input(Node node) {
        return node.inputs().getFirst();
    }
}
