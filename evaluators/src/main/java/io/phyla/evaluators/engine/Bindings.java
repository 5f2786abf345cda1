package io.phyla.evaluators.engine;

import static org.bytedeco.dnnl.global.dnnl.*;

import io.phyla.spaces.design.Shape;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.jspecify.annotations.Nullable;

/** Ties kernels to the memory of one plan, once, after which running allocates nothing. */
final class Bindings {

    private final Natives natives;
    private final Memory work;
    private final ParameterVector parameters;
    private final @Nullable dnnl_memory scratchpad;
    private final Map<Shape, dnnl_memory_desc> descriptions = new HashMap<>();

    /** @param scratchpad temporary memory for whichever kernel is running; nothing if none needs it */
    Bindings(Natives natives, Memory work, ParameterVector parameters, @Nullable Buffer scratchpad) {
        this.natives = natives;
        this.work = work;
        this.parameters = parameters;
        this.scratchpad = scratchpad == null
                ? null
                : memory(natives.description(dnnl_x, scratchpad.bytes() / Float.BYTES), scratchpad);
    }

    /** Feature maps as all kernels see them. */
    dnnl_memory_desc description(int batch, Shape shape) {
        return descriptions.computeIfAbsent(
                shape, s -> natives.description(dnnl_nhwc, batch, s.channels(), s.height(), s.width()));
    }

    MemorySegment segment(Buffer buffer) {
        return work.segment().asSlice(buffer.offset(), buffer.bytes());
    }

    dnnl_memory memory(dnnl_memory_desc description, Buffer buffer) {
        return natives.memory(description, work.at(buffer.offset()));
    }

    /** A parameter's values, in the parameter's own layout. */
    dnnl_memory values(Parameter parameter, dnnl_memory_desc description) {
        return natives.memory(description, parameters.values().memory().at(parameters.values().offset(parameter)));
    }

    /** The gradient with respect to a parameter, in the parameter's own layout. */
    dnnl_memory gradient(Parameter parameter, dnnl_memory_desc description) {
        return natives.memory(description, parameters
                        .gradients()
                        .memory()
                        .at(parameters.gradients().offset(parameter)));
    }

    /** A moving statistic's values. */
    dnnl_memory statistic(Parameter statistic, dnnl_memory_desc description) {
        TensorVector statistics = parameters.statistics();
        return natives.memory(description, statistics.memory().at(statistics.offset(statistic)));
    }

    ParameterVector parameters() {
        return parameters;
    }

    /** Collects the arguments of one call. */
    Arguments call(Primitive primitive) {
        return new Arguments(primitive);
    }

    /** The arguments of one call, by their number in the kernel. */
    final class Arguments {

        private record Argument(int number, dnnl_memory memory) {}

        private final Primitive primitive;
        private final List<Argument> arguments = new ArrayList<>();

        private Arguments(Primitive primitive) {
            this.primitive = primitive;
            if (scratchpad != null) {
                with(DNNL_ARG_SCRATCHPAD, scratchpad);
            }
        }

        Arguments with(int number, dnnl_memory memory) {
            arguments.add(new Argument(number, memory));
            return this;
        }

        Call ready() {
            dnnl_exec_arg_t list = natives.arguments(arguments.size());
            for (int i = 0; i < arguments.size(); i++) {
                Argument argument = arguments.get(i);
                list.position(i).arg(argument.number()).memory(argument.memory());
            }
            return new Call(primitive.handle(), list.position(0), arguments.size());
        }
    }
}
