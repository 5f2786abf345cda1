package io.phyla.evaluators.onnx;

import io.phyla.evaluators.weights.TensorName;
import io.phyla.evaluators.weights.Weights;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Shape;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import onnx.Onnx.FunctionProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.OperatorSetIdProto;

/**
 * A layer by itself as an ONNX model with a local function: the function {@code Layer} of the domain {@value #DOMAIN} is the
 * program in plain operators, its inputs x (N,C,H,W; N, H and W are free) and the layer's own tensors, each 1,C,1,1; the graph
 * calls it once. So it can be moved into another model, and called there as often as is liked.
 */
public final class OnnxFunctionWriter {

    public static final String DOMAIN = "phyla";

    /** The first operator set whose file format has functions. */
    public static final int LOWEST_OPSET = 15;

    public static final int HIGHEST_OPSET = OnnxOptions.HIGHEST_OPSET;

    private static final String NAME = "Layer";
    private static final String X = "x";
    private static final String Y = "y";

    private OnnxFunctionWriter() {}

    /**
     * Writes the model; the stream stays open.
     *
     * @param weights of a network whose only layer is a program
     * @throws IllegalArgumentException if it is another network, or the operator set has no functions
     */
    public static void write(Weights weights, int opset, OutputStream out) throws IOException {
        Network network = weights.network();
        if (network.nodes().size() != 2 || !(network.nodes().getLast().layer() instanceof Layer.Program layer)) {
            throw new IllegalArgumentException("a function is written of one layer program, not of a " + network);
        }
        if (opset < LOWEST_OPSET) {
            throw new IllegalArgumentException(
                    "functions begin with opset " + LOWEST_OPSET + ", so it cannot be " + opset);
        }
        OnnxOptions options = new OnnxOptions(opset, false);
        Shape shape = network.input();
        List<TensorName> tensors = tensors(weights, layer.program());
        OnnxGraph graph = new OnnxGraph();
        graph.input(shape);
        List<String> arguments = new ArrayList<>(List.of(OnnxGraph.INPUT));
        for (TensorName tensor : tensors) {
            arguments.add(graph.tensor(
                    tensor.name(), List.of(1, shape.channels(), 1, 1), () -> weights.values(tensor)));
        }
        graph.call(OnnxGraph.OUTPUT, DOMAIN, NAME, arguments);
        graph.output(shape, false);
        OperatorSetIdProto plain =
                OperatorSetIdProto.newBuilder().setDomain("").setVersion(opset).build();
        ModelProto model = ModelProto.newBuilder()
                .setIrVersion(options.irVersion())
                .setProducerName("Phyla")
                .setDocString("A layer program for inference, N,C,H,W, with the function that it is.")
                .addOpsetImport(plain)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain(DOMAIN).setVersion(1))
                .addFunctions(function(layer.program(), shape.channels(), tensors, plain))
                .build();
        new OnnxFile(model, graph).write(out);
    }

    /** Those that have a part in the output. */
    private static List<TensorName> tensors(Weights weights, LayerProgram program) {
        List<TensorName> tensors = new ArrayList<>();
        int vector = LayerProgram.FIRST_VECTOR;
        for (TensorName name : weights.names()) {
            boolean read = switch (name.tensor().role()) {
                case VECTOR -> program.live()[vector++];
                case SCALE, SHIFT, MOMENT, WEIGHT, BIAS, MEAN, VARIANCE -> true;
            };
            if (read) {
                tensors.add(name);
            }
        }
        return tensors;
    }

    private static FunctionProto function(
            LayerProgram program, int channels, List<TensorName> tensors, OperatorSetIdProto plain) {
        FunctionProto.Builder function =
                FunctionProto.newBuilder().setName(NAME).setDomain(DOMAIN).addOpsetImport(plain);
        function.addInput(X);
        function.addOutput(Y);
        List<String> vectors = new ArrayList<>(Collections.nCopies(program.vectors().size(), ""));
        List<String> affine = new ArrayList<>();
        List<String> moments = new ArrayList<>();
        List<String> taken = new ArrayList<>(List.of(X, Y));
        for (TensorName tensor : tensors) {
            String own = tensor.name().substring(tensor.name().lastIndexOf('.') + 1);
            String name = own.equals(Y) ? "y_vector" : own;
            function.addInput(name);
            taken.add(name);
            switch (tensor.tensor().role()) {
                case VECTOR -> vectors.set(vector(program, own), name);
                case SCALE, SHIFT -> affine.add(name);
                case MOMENT -> moments.add(name);
                case WEIGHT, BIAS, MEAN, VARIANCE ->
                    throw new IllegalArgumentException("a program has no " + tensor.name());
            }
        }
        FunctionBody body = new FunctionBody((int) plain.getVersion(), taken);
        String result = ProgramNodes.write(
                body, program, channels, X, new ProgramNodes.Numbers(vectors, affine, moments));
        body.give(Y, "Identity", List.of(result), Attributes.NONE);
        return function.addAllNode(body.nodes()).build();
    }

    private static int vector(LayerProgram program, String name) {
        for (int i = 0; i < program.vectors().size(); i++) {
            if (program.vectors().get(i).name().equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException("there is no vector " + name);
    }
}
