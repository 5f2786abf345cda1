package io.phyla.evaluators.weights;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.evaluators.engine.Execution;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.schema.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Weights in the safetensors format: the length of a JSON header in 8 bytes, the header (name to type, shape and place), the
 * numbers without gaps, all little-endian. Tensors are called and shaped as {@link TensorName} says.
 */
public final class SafeTensors {

    /** Where the format wants the numbers to start. */
    private static final int ALIGNMENT = 8;

    private SafeTensors() {}

    public static void write(Weights weights, OutputStream out) throws IOException {
        write(weights.network(), weights::values, out);
    }

    /** Writes one tensor after the other, so that not all have to be on the heap. */
    public static void write(Network network, Function<TensorName, float[]> values, OutputStream out)
            throws IOException {
        List<TensorName> names = TensorName.of(network);
        byte[] header = header(names);
        out.write(little(Long.BYTES).putLong(header.length).array());
        out.write(header);
        for (TensorName name : names) {
            float[] tensor = values.apply(name);
            ByteBuffer bytes = little(Math.multiplyExact(tensor.length, Float.BYTES));
            bytes.asFloatBuffer().put(tensor);
            out.write(bytes.array());
        }
    }

    /**
     * Reads the weights of a network.
     *
     * @throws IOException if the file cannot be read, or does not hold exactly the network's tensors, naming the first one
     *     that is wrong
     */
    public static Weights read(Path file, Network network) throws IOException {
        try (SafeTensorsFile tensors = SafeTensorsFile.open(file)) {
            return tensors.weights(network);
        }
    }

    /**
     * Sets all tensors of an execution, one after the other, so that not all have to be on the heap.
     *
     * @throws IOException as {@link #read}; some tensors may be set then
     */
    public static void load(Path file, Execution execution) throws IOException {
        try (SafeTensorsFile tensors = SafeTensorsFile.open(file)) {
            tensors.load(execution);
        }
    }

    /**
     * Finds out whether a file holds the weights of a network, all of them finite numbers, without keeping them.
     *
     * @throws IOException as {@link #read}, or naming the first tensor that has other numbers
     */
    public static void check(Path file, Network network) throws IOException {
        try (SafeTensorsFile tensors = SafeTensorsFile.open(file)) {
            tensors.check(network);
        }
    }

    private static byte[] header(List<TensorName> names) throws IOException {
        ObjectNode header = Json.MAPPER.createObjectNode();
        header.putObject("__metadata__").put("format", "phyla");
        long end = 0;
        for (TensorName name : names) {
            ObjectNode entry = header.putObject(name.name()).put("dtype", "F32");
            ArrayNode shape = entry.putArray("shape");
            name.shape().forEach(shape::add);
            long start = end;
            end += (long) name.tensor().size() * Float.BYTES;
            entry.putArray("data_offsets").add(start).add(end);
        }
        byte[] text = Json.MAPPER.writeValueAsBytes(header);
        byte[] padded = Arrays.copyOf(text, Math.ceilDiv(text.length, ALIGNMENT) * ALIGNMENT);
        Arrays.fill(padded, text.length, padded.length, " ".getBytes(StandardCharsets.US_ASCII)[0]);
        return padded;
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
