package io.phyla.evaluators.weights;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.evaluators.engine.Execution;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.schema.Json;
import io.phyla.spaces.schema.Nearest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A safetensors file that is open; nothing in it is believed before it is checked. */
final class SafeTensorsFile implements AutoCloseable {

    private static final int MOST_HEADER = 32 << 20;

    private static final int PIECE = 1 << 20;

    private final FileChannel channel;
    private final JsonNode header;
    private final long start;

    private SafeTensorsFile(FileChannel channel, JsonNode header, long start) {
        this.channel = channel;
        this.header = header;
        this.start = start;
    }

    /** @throws IOException if it is no such file */
    static SafeTensorsFile open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file);
        try {
            long length = channel.size() < Long.BYTES
                    ? -1
                    : read(channel, 0, Long.BYTES).getLong();
            if (length < 2 || length > Math.min(MOST_HEADER, channel.size() - Long.BYTES)) {
                throw new IOException("not a safetensors file: its header would have " + length + " bytes");
            }
            JsonNode header =
                    Json.MAPPER.readTree(read(channel, Long.BYTES, (int) length).array());
            if (!header.isObject()) {
                throw new IOException("not a safetensors file: its header is no JSON object");
            }
            return new SafeTensorsFile(channel, header, Long.BYTES + length);
        } catch (JsonProcessingException e) {
            channel.close();
            throw new IOException("not a safetensors file: its header is no JSON: " + e.getOriginalMessage(), e);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    Weights weights(Network network) throws IOException {
        names(network);
        try {
            return Weights.of(network, name -> {
                try {
                    return values(name);
                } catch (IOException e) {
                    throw new UncheckedIOException(e.getMessage(), e);
                }
            });
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    void load(Execution execution) throws IOException {
        for (TensorName name : names(execution.network())) {
            float[] floats = values(name);
            double[] doubles = new double[floats.length];
            for (int i = 0; i < floats.length; i++) {
                doubles[i] = floats[i];
            }
            execution.load(name.tensor(), doubles);
        }
    }

    void check(Network network) throws IOException {
        List<TensorName> names = names(network);
        for (TensorName name : names) {
            place(name);
        }
        for (TensorName name : names) {
            checkFinite(name);
        }
    }

    /** The tensors that a network has; the file may have no others. */
    private List<TensorName> names(Network network) throws IOException {
        List<TensorName> names = TensorName.of(network);
        List<String> known = names.stream().map(TensorName::name).toList();
        Set<String> expected = new HashSet<>(known);
        for (String name : (Iterable<String>) header::fieldNames) {
            if (!name.equals("__metadata__") && !expected.contains(name)) {
                throw new IOException(
                        Nearest.unknown("tensor", name, known.size() > 20 ? known.subList(0, 20) : known));
            }
        }
        return names;
    }

    /** Where a tensor begins in the file. */
    private long place(TensorName name) throws IOException {
        JsonNode entry = header.path(name.name());
        int size = name.tensor().size();
        long from = entry.at("/data_offsets/0").asLong(-1);
        long to = entry.at("/data_offsets/1").asLong(-1);
        String fault = entry.isMissingNode()
                ? "is missing"
                : !entry.path("dtype").asText().equals("F32")
                        ? "must have the type F32, not " + entry.path("dtype").asText()
                        : !entry.path("shape").equals(Json.MAPPER.valueToTree(name.shape()))
                                ? "must have the shape " + name.shape() + ", not " + entry.path("shape")
                                : null;
        if (fault == null && (from < 0 || to - from != (long) size * Float.BYTES || to > channel.size() - start)) {
            fault = "does not lie within the file: bytes " + from + " to " + to;
        }
        if (fault != null) {
            throw new IOException("tensor '" + name.name() + "' " + fault);
        }
        return start + from;
    }

    private float[] values(TensorName name) throws IOException {
        long from = place(name);
        float[] values = new float[name.tensor().size()];
        read(channel, from, Math.multiplyExact(values.length, Float.BYTES))
                .asFloatBuffer()
                .get(values);
        return values;
    }

    private void checkFinite(TensorName name) throws IOException {
        long from = place(name);
        long end = from + (long) name.tensor().size() * Float.BYTES;
        for (long at = from; at < end; at += PIECE) {
            FloatBuffer piece =
                    read(channel, at, (int) Math.min(PIECE, end - at)).asFloatBuffer();
            while (piece.hasRemaining()) {
                float value = piece.get();
                if (!Float.isFinite(value)) {
                    throw new IOException("tensor '" + name.name() + "' must have finite numbers, not " + value);
                }
            }
        }
    }

    private static ByteBuffer read(FileChannel channel, long from, int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, from + buffer.position()) < 0) {
                throw new IOException("the file ends at byte " + channel.size());
            }
        }
        return buffer.flip();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
