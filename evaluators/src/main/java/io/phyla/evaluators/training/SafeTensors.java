package io.phyla.evaluators.training;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.evaluators.engine.Parameter;
import io.phyla.evaluators.engine.Plan;
import io.phyla.spaces.design.Extent;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.schema.Json;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Weights in the safetensors format: the length of a JSON header, the header (name to type, shape and place), the numbers.
 * A tensor is called {@code <layer>.<role>}, roles being weight, bias, scale, shift, mean and variance; weights have their
 * logical shape (convolution O,I/groups,Kh,Kw; linear O,I).
 */
public final class SafeTensors {

    /** Where the format wants the numbers to start. */
    private static final int ALIGNMENT = 8;

    private SafeTensors() {}

    /** Writes learned tensors and moving statistics of a plan; the file is an old or a new whole one, whatever happens. */
    public static void write(Path file, Plan plan) throws IOException {
        List<Parameter> tensors = Stream.concat(plan.parameters().stream(), plan.statistics().stream())
                .toList();
        byte[] header = header(plan, tensors);
        AtomicFile.write(file, out -> {
            out.writeLong(header.length);
            out.write(MemorySegment.ofArray(header));
            for (Parameter tensor : tensors) {
                MemorySegment vector = tensor.learned() ? plan.parametersSegment() : plan.statisticsSegment();
                out.write(vector.asSlice(plan.offset(tensor), bytes(tensor)));
            }
        });
    }

    private static byte[] header(Plan plan, List<Parameter> tensors) throws IOException {
        ObjectNode header = Json.MAPPER.createObjectNode();
        header.putObject("__metadata__").put("format", "phyla");
        long end = 0;
        for (Parameter tensor : tensors) {
            ObjectNode entry = header.putObject(name(plan, tensor)).put("dtype", "F32");
            ArrayNode shape = entry.putArray("shape");
            shape(plan, tensor).forEach(shape::add);
            entry.putArray("data_offsets").add(end).add(end + bytes(tensor));
            end += bytes(tensor);
        }
        String text = Json.MAPPER.writeValueAsString(header);
        int length = text.getBytes(StandardCharsets.UTF_8).length;
        return (text + " ".repeat(Math.ceilDiv(length, ALIGNMENT) * ALIGNMENT - length))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String name(Plan plan, Parameter tensor) {
        return plan.network().nodes().get(tensor.node()).name() + "."
                + tensor.role().name().toLowerCase(Locale.ROOT);
    }

    private static List<Integer> shape(Plan plan, Parameter tensor) {
        if (tensor.role() != Parameter.Role.WEIGHT) {
            return List.of(tensor.size());
        }
        int rows = tensor.size() / tensor.fanIn();
        Layer layer = plan.network().nodes().get(tensor.node()).layer();
        if (layer instanceof Layer.Convolution convolution) {
            return filters(rows, tensor.fanIn(), convolution.kernel());
        } else if (layer instanceof Layer.TransposedConvolution convolution) {
            return filters(rows, tensor.fanIn(), convolution.kernel());
        }
        return List.of(rows, tensor.fanIn());
    }

    private static List<Integer> filters(int rows, int fanIn, Extent kernel) {
        return List.of(rows, fanIn / kernel.height() / kernel.width(), kernel.height(), kernel.width());
    }

    private static long bytes(Parameter tensor) {
        return (long) tensor.size() * Float.BYTES;
    }
}
