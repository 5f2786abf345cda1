package io.phyla.evaluators.onnx;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import onnx.Onnx.NodeProto;
import org.jspecify.annotations.Nullable;

/** Every operator that can be read, on what is computed from the network's input and on constants. */
final class Operators {

    static final Map<String, Operator> OF_SIGNALS = signals();

    static final Map<String, Operator> OF_CONSTANTS = constants();

    private Operators() {}

    /** Whether nobody knows it, whatever its inputs are. */
    static boolean unknown(NodeProto node) {
        return !ModelFile.STANDARD.contains(node.getDomain())
                || !OF_SIGNALS.containsKey(node.getOpType()) && !OF_CONSTANTS.containsKey(node.getOpType());
    }

    /** @throws Refusal if there is none for such inputs */
    static Operator of(NodeProto node, List<@Nullable Value> inputs) throws Refusal {
        String name = "operator '" + Labels.shown(node.getOpType()) + "'";
        if (!ModelFile.STANDARD.contains(node.getDomain())) {
            throw new Refusal(name + " of the domain '" + Labels.shown(node.getDomain()) + "' cannot be read");
        }
        if (unknown(node)) {
            throw new Refusal(name + " cannot be read");
        }
        boolean signals = inputs.stream().anyMatch(input -> input instanceof Value.Signal);
        Operator found = (signals ? OF_SIGNALS : OF_CONSTANTS).get(node.getOpType());
        if (found == null) {
            throw new Refusal(
                    name + (signals ? " can be read of constants only" : " of constants only cannot be read"));
        }
        return found;
    }

    private static Map<String, Operator> signals() {
        Map<String, Operator> known = new HashMap<>();
        known.put("Conv", ConvolutionOperators::convolve);
        known.put("ConvTranspose", ConvolutionOperators::transpose);
        known.put("Gemm", MatrixOperators::gemm);
        known.put("MatMul", MatrixOperators::multiply);
        known.put("BatchNormalization", NormalizationOperators::batch);
        known.put("InstanceNormalization", NormalizationOperators::instance);
        known.put("GroupNormalization", NormalizationOperators::group);
        known.put("LayerNormalization", NormalizationOperators::layer);
        known.put("Relu", ActivationOperators::relu);
        known.put("LeakyRelu", ActivationOperators::leakyRelu);
        known.put("PRelu", ActivationOperators::parametricRelu);
        known.put("Clip", ActivationOperators::clip);
        known.put("HardSwish", ActivationOperators::hardSwish);
        known.put("HardSigmoid", ActivationOperators::hardSigmoid);
        known.put("Sigmoid", ActivationOperators::sigmoid);
        known.put("Tanh", ActivationOperators::tanh);
        known.put("Erf", ActivationOperators::erf);
        known.put("Gelu", ActivationOperators::gelu);
        known.put("Softmax", ActivationOperators::softmax);
        known.put("Add", ArithmeticOperators::add);
        known.put("Sum", ArithmeticOperators::sumOfMany);
        known.put("Sub", ArithmeticOperators::subtract);
        known.put("Mul", ArithmeticOperators::multiply);
        known.put("Div", ArithmeticOperators::divide);
        known.put("Neg", ArithmeticOperators::negate);
        known.put("Pow", Moments::power);
        known.put("Sqrt", Moments::root);
        known.put("ReduceMean", Moments::mean);
        known.put("MaxPool", PoolingOperators::maximum);
        known.put("AveragePool", PoolingOperators::average);
        known.put("GlobalAveragePool", PoolingOperators::globalAverage);
        known.put("GlobalMaxPool", PoolingOperators::globalMaximum);
        known.put("Flatten", ShapeOperators::flatten);
        known.put("Reshape", ShapeOperators::reshape);
        known.put("Squeeze", ShapeOperators::squeeze);
        known.put("Unsqueeze", ShapeOperators::unsqueeze);
        known.put("Transpose", ShapeOperators::transpose);
        known.put("Shape", ShapeOperators::shape);
        known.put("Identity", MapOperators::identity);
        known.put("Dropout", MapOperators::dropout);
        known.put("Cast", MapOperators::cast);
        known.put("Concat", MapOperators::concat);
        known.put("Pad", MapOperators::pad);
        known.put("DepthToSpace", MapOperators::depthToSpace);
        known.put("Resize", ResizeOperators::resize);
        known.put("Upsample", ResizeOperators::upsample);
        return Map.copyOf(known);
    }

    private static Map<String, Operator> constants() {
        Map<String, Operator> known = new HashMap<>();
        known.put("Constant", Folding::constant);
        known.put("ConstantOfShape", Folding::constantOfShape);
        known.put("Shape", Folding::shape);
        known.put("Cast", Folding::cast);
        known.put("Concat", Folding::concat);
        known.put("Gather", Folding::gather);
        known.put("Slice", Folding::slice);
        known.put("Transpose", Folding::transpose);
        known.put("Reshape", Folding::reshape);
        known.put("Squeeze", Folding::squeeze);
        known.put("Unsqueeze", Folding::unsqueeze);
        known.put("Expand", Folding::expand);
        known.put("Identity", MapOperators::identity);
        known.put("Add", ConstantArithmetic::add);
        known.put("Sub", ConstantArithmetic::subtract);
        known.put("Mul", ConstantArithmetic::multiply);
        known.put("Div", ConstantArithmetic::divide);
        known.put("Sqrt", ConstantArithmetic::root);
        return Map.copyOf(known);
    }
}
