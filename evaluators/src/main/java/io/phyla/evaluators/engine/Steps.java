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
     * @param rectified whether a rectifier is fused into it
     */
    static Step of(Compilation compilation, Node node, Shape x, Tensor y, boolean rectified) {
        int batch = y.batch();
        List<Parameter> parameters = compilation.parametersOfNode();
        return switch (node.layer()) {
            case Layer.Input _ -> SourceStep.images(y);
            case Layer.Zero _ -> SourceStep.zeros(y);
            case Layer.Add _ ->
                rectified
                        ? new RectifiedSumStep(compilation, node.inputs(), y)
                        : new AddStep(compilation, node.inputs(), y);
            case Layer.Activation layer -> activation(compilation, node, y, layer.function());
            case Layer.LeakyRelu layer ->
                unary(
                        compilation,
                        node,
                        y,
                        new ElementwiseSpecification(batch, x, Elementwise.leaky(layer.slope())),
                        FlowRule.HOMOGENEOUS);
            case Layer.Softmax layer ->
                unary(
                        compilation,
                        node,
                        y,
                        new SoftmaxSpecification(batch, x, layer.groups()),
                        new SoftmaxFlow(x.channels() / layer.groups()));
            case Layer.Pooling layer ->
                unary(compilation, node, y, new PoolingSpecification(batch, x, y.shape(), layer), FlowRule.HOMOGENEOUS);
            case Layer.GlobalPooling _ -> new MeanStep(compilation, input(node), y);
            case Layer.Upsample layer ->
                unary(compilation, node, y, new UpsampleSpecification(batch, x, layer), FlowRule.HOMOGENEOUS);
            case Layer.MatrixProduct layer -> new MatrixProductStep(compilation, node.inputs(), y, layer);
            case Layer.LayerNormalization layer ->
                new LayerNormalizationStep(compilation, input(node), y, layer.epsilon(), parameters);
            case Layer.TransposedConvolution layer ->
                weighted(compilation, node, y, new TransposedSpecification(batch, x, y.shape(), layer), parameters);
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
                        compilation, input(node), y, layer, rectified, parameters, compilation.statisticsOfNode());
            case Layer.GroupNormalization layer ->
                new GroupNormalizationStep(compilation, input(node), y, layer.groups(), layer.epsilon(), parameters);
            case Layer.InstanceNormalization layer ->
                new GroupNormalizationStep(compilation, input(node), y, x.channels(), layer.epsilon(), parameters);
            case Layer.Program layer ->
                new ProgramStep(compilation, input(node), y, layer, parameters, compilation.statisticsOfNode());
            case Layer.Multiply _ ->
                new MultiplyStep(compilation, input(node), node.inputs().getLast(), y);
            case Layer.Concat _ -> new ConcatStep(compilation, node.inputs(), y);
            case Layer.Pad layer ->
                new RearrangeStep(compilation, input(node), y, new Rearrangement.Padding(batch, x, y.shape(), layer));
            case Layer.Flatten _ ->
                new RearrangeStep(compilation, input(node), y, new Rearrangement.Flattening(batch, x));
            case Layer.PixelShuffle layer ->
                new RearrangeStep(compilation, input(node), y, new Rearrangement.Shuffling(batch, x, layer.factor()));
            case Layer.Dropout layer ->
                new DropoutStep(compilation, compilation.node(), input(node), y, layer.probability());
        };
    }

    /** A rectifier is a step of its own and no unary one: its output stays, for proxies ask for the signs. */
    private static Step activation(Compilation compilation, Node node, Tensor y, Layer.Activation.Function function) {
        return function == Layer.Activation.Function.RELU
                ? new RectifiedSumStep(compilation, node.inputs(), y)
                : unary(
                        compilation,
                        node,
                        y,
                        new ElementwiseSpecification(y.batch(), y.shape(), Elementwise.of(function)),
                        ElementwiseFlow.of(function));
    }

    private static UnaryStep unary(
            Compilation compilation,
            Node node,
            Tensor y,
            Kernels.Specification<UnaryKernels> specification,
            FlowRule rule) {
        return new UnaryStep(compilation, input(node), y, specification, rule);
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
