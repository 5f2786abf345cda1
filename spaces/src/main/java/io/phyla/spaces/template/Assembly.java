package io.phyla.spaces.template;

import io.phyla.spaces.Genome;
import io.phyla.spaces.design.Extent;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.NetworkCost;
import io.phyla.spaces.design.Shape;
import java.util.List;

/** Builds the network of one genome. */
final class Assembly {

    private final Genome genome;
    private final Network.Builder network;
    private final int[] slots;

    private Assembly(Genome genome, Shape input, int slots) {
        this.genome = genome;
        this.network = new Network.Builder(input);
        this.slots = new int[slots];
    }

    /** @throws BuildFault pointing to the item that does not fit */
    static Network of(Expansion.Program program, Shape input, Genome genome) {
        Assembly assembly = new Assembly(genome, input, program.slots());
        int top = assembly.run(program.step(), 0);
        if (top == 0) {
            throw assembly.fault("/layers", "no layer is left between the input and the output");
        }
        // Layers behind the output, which the last item may have passed by, cannot lead to it.
        Network network = assembly.network.build(top);
        long parameters = 0;
        for (int node = 0; node < network.nodes().size(); node++) {
            parameters += NetworkCost.params(network, node);
        }
        if (parameters > Limits.PARAMETERS) {
            throw assembly.fault(
                    "/layers", "the network has " + parameters + " parameters, more than " + Limits.PARAMETERS);
        }
        return network;
    }

    private BuildFault fault(String pointer, String message) {
        return new BuildFault(pointer, message, network.size());
    }

    private int run(Step step, int top) {
        int from = step.flow().from() == Step.TOP ? top : slots[step.flow().from()];
        int result = switch (step) {
            case Step.AddLayer layer -> add(layer, from);
            case Step.AddReady ready -> add(ready.name(), ready.pointer(), ready.layer(), inputs(ready.inputs(), from));
            case Step.Run run -> {
                slots[run.entry()] = from;
                yield sequence(run.steps(), run.steps().size(), from);
            }
            case Step.Select select -> run(select.alternatives().get(genome.option(select.decision())), from);
            case Step.Guarded guarded ->
                guarded.holds().get(genome.option(guarded.decision())) ? run(guarded.step(), from) : from;
            case Step.Repeat repeat ->
                sequence(repeat.repetitions(), repeat.counts().get(genome.option(repeat.decision())), from);
            case Step.AddShortcut shortcut -> shortcut(shortcut, from);
        };
        if (step.flow().to() != Step.TOP) {
            slots[step.flow().to()] = result;
        }
        return result;
    }

    private int sequence(List<Step> steps, int count, int from) {
        int top = from;
        for (int i = 0; i < count; i++) {
            top = run(steps.get(i), top);
        }
        return top;
    }

    private Integer[] inputs(List<Integer> given, int from) {
        if (given.isEmpty()) {
            return new Integer[] {from};
        }
        Integer[] inputs = new Integer[given.size()];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = slots[given.get(i)];
        }
        return inputs;
    }

    private int add(Step.AddLayer step, int from) {
        Integer[] inputs = inputs(step.inputs(), from);
        Object[] values = new Object[step.arguments().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (step.arguments().get(i)) {
                case Argument.Known known -> known.value();
                case Argument.ByDecision decided -> decided.values().get(genome.option(decided.decision()));
                case Argument.Late late -> late(late, inputs[0], step);
            };
        }
        return add(step.name(), step.pointer(), step.form().build(values, network.shape(inputs[0])), inputs);
    }

    private Object late(Argument.Late late, int own, Step.AddLayer step) {
        double number = number(late.source(), own);
        var json = Literals.number(number);
        String fault = late.member().fault(json);
        if (fault != null) {
            throw fault(late.source().pointer(), "layer '" + step.name() + "': " + fault);
        }
        return late.member().value(json);
    }

    private double number(Source source, int own) {
        return switch (source) {
            case Source.Constant constant -> constant.json().doubleValue();
            case Source.OfDecision decided ->
                decided.options().get(genome.option(decided.decision())).doubleValue();
            case Source.Measured measured -> {
                Shape shape = network.shape(measured.slot() == Step.TOP ? own : slots[measured.slot()]);
                yield switch (measured.axis()) {
                    case CHANNELS -> shape.channels();
                    case HEIGHT -> shape.height();
                    case WIDTH -> shape.width();
                };
            }
            case Source.Computed computed -> {
                double[] operands = new double[computed.operands().size()];
                for (int i = 0; i < operands.length; i++) {
                    operands[i] = number(computed.operands().get(i), own);
                }
                yield Source.Computed.apply(computed.product(), operands);
            }
        };
    }

    private int add(String name, String pointer, Layer layer, Integer... inputs) {
        if (network.size() >= Limits.LAYERS) {
            throw fault(pointer, "the network has more than " + Limits.LAYERS + " layers");
        }
        int node = network.add(name, layer, inputs);
        try {
            long elements = network.shape(node).elements();
            if (elements > Limits.ELEMENTS) {
                throw fault(
                        pointer,
                        "layer '" + name + "': its output " + network.shape(node) + " has " + elements
                                + " numbers, more than " + Limits.ELEMENTS);
            }
        } catch (BuildFault e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw fault(pointer, String.valueOf(e.getMessage()));
        }
        return node;
    }

    private int shortcut(Step.AddShortcut step, int from) {
        int body = run(step.body(), from);
        Shape in = network.shape(from);
        Shape out = network.shape(body);
        if (in.equals(out)) {
            return add(step.name() + ".add", step.pointer(), new Layer.Add(), body, from);
        }
        if (!step.project()) {
            return body;
        }
        Extent stride = new Extent(ratio(in.height(), out.height()), ratio(in.width(), out.width()));
        if (-Math.floorDiv(-in.height(), stride.height()) != out.height()
                || -Math.floorDiv(-in.width(), stride.width()) != out.width()) {
            throw fault(
                    step.pointer(),
                    "residual '" + step.name() + "': no stride of a 1x1 convolution takes its input " + in
                            + " to the size of its output " + out);
        }
        Layer project = new Layer.Convolution(out.channels(), Extent.ONE, stride, Extent.ZERO, Extent.ONE, 1, false);
        int shortcut = add(step.name() + ".shortcut.convolution", step.pointer(), project, from);
        shortcut = add(step.name() + ".shortcut.norm", step.pointer(), Layer.BatchNormalization.DEFAULT, shortcut);
        return add(step.name() + ".add", step.pointer(), new Layer.Add(), body, shortcut);
    }

    private static int ratio(int in, int out) {
        return Math.max(1, -Math.floorDiv(-in, out));
    }
}
