package io.phyla.evaluators.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.evaluators.engine.Initialization;
import io.phyla.evaluators.engine.Parameter;
import io.phyla.evaluators.engine.Plan;
import io.phyla.evaluators.training.Networks;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.schema.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads the file as the format is described: eight bytes of length, JSON, then the numbers without gaps. */
class SafeTensorsTest {

    @TempDir
    Path directory;

    @Test
    void holdsEveryTensorUnderItsNameAndShape() throws IOException {
        Path file = directory.resolve("weights.safetensors");
        try (Plan plan = Plan.compile(Networks.small(12), 2, 1L << 26)) {
            new Initialization(4).load(plan);
            try (OutputStream out = Files.newOutputStream(file)) {
                SafeTensors.write(Weights.of(plan), out);
            }
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
            int length = Math.toIntExact(bytes.getLong());
            assertThat(length % 8).isZero();
            byte[] text = new byte[length];
            bytes.get(text);
            JsonNode header = Json.MAPPER.readTree(text);
            ByteBuffer numbers = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
            assertThat(header.path("second.weight").path("shape").toString()).isEqualTo("[16,8,3,3]");
            assertThat(header.path("classifier.weight").path("shape").toString())
                    .isEqualTo("[12,16]");
            List<Parameter> tensors = Stream.concat(plan.parameters().stream(), plan.statistics().stream())
                    .toList();
            assertThat(header.size()).isEqualTo(tensors.size() + 1);
            int read = 0;
            for (Parameter tensor : tensors) {
                String name = plan.network().nodes().get(tensor.node()).name() + "."
                        + Json.name(tensor.role().name());
                JsonNode entry = header.path(name);
                assertThat(entry.path("dtype").asText()).isEqualTo("F32");
                int from = entry.path("data_offsets").path(0).asInt();
                double[] values = plan.read(tensor);
                assertThat(entry.path("data_offsets").path(1).asInt()).isEqualTo(from + values.length * Float.BYTES);
                for (int i = 0; i < values.length; i++) {
                    assertThat(numbers.getFloat(from + i * Float.BYTES)).isEqualTo((float) values[i]);
                }
                read += values.length * Float.BYTES;
            }
            assertThat(read).isEqualTo(numbers.capacity());
        }
    }

    @Test
    void readsBackWhatItWrote() throws IOException {
        Network network = Networks.small(12);
        Weights written = Weights.initial(network, 7);
        Weights read = SafeTensors.read(file(written), network);
        for (TensorName name : written.names()) {
            assertThat(read.values(name)).as(name.name()).isEqualTo(written.values(name));
        }
    }

    @Test
    void namesTheTensorThatDoesNotFit() throws IOException {
        Path file = file(Weights.initial(Networks.small(12), 7));
        assertThatThrownBy(() -> SafeTensors.read(file, Networks.small(10)))
                .isInstanceOf(IOException.class)
                .hasMessage("tensor 'classifier.weight' must have the shape [10, 16], not [12,16]");
        assertThatThrownBy(() -> SafeTensors.read(file, Networks.glyphs()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("unknown tensor 'first.weight'");
    }

    @Test
    void refusesWhatIsNoSafetensorsFileOrEndsEarly() throws IOException {
        Network network = Networks.small(12);
        byte[] whole = Files.readAllBytes(file(Weights.initial(network, 7)));
        for (int length = 0; length < whole.length; length += 13) {
            Path cut = Files.write(directory.resolve("cut"), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> SafeTensors.read(cut, network)).isInstanceOf(IOException.class);
        }
        Path text = Files.writeString(directory.resolve("text"), "these are no weights at all");
        assertThatThrownBy(() -> SafeTensors.read(text, network)).hasMessageStartingWith("not a safetensors file");
    }

    /** Offsets are anybody's numbers: the sum of one and the header's length may leave a long. */
    @Test
    void refusesTensorsOutsideTheFile() throws IOException {
        Network network = Networks.small(12);
        byte[] whole = Files.readAllBytes(file(Weights.initial(network, 7)));
        int length = Math.toIntExact(
                ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getLong());
        ObjectNode header = (ObjectNode) Json.MAPPER.readTree(Arrays.copyOfRange(whole, 8, 8 + length));
        for (long end : new long[] {Long.MAX_VALUE, Long.MAX_VALUE - length, whole.length, 47, -1}) {
            header.withObject("/first.norm.scale")
                    .putArray("data_offsets")
                    .add(end - 8 * Float.BYTES)
                    .add(end);
            byte[] text = Json.MAPPER.writeValueAsBytes(header);
            ByteBuffer changed = ByteBuffer.allocate(8 + text.length + whole.length - 8 - length)
                    .order(ByteOrder.LITTLE_ENDIAN);
            changed.putLong(text.length).put(text).put(whole, 8 + length, whole.length - 8 - length);
            Path file = Files.write(directory.resolve("changed"), changed.array());
            if (end == 47) {
                SafeTensors.check(file, network);
            } else {
                assertThatThrownBy(() -> SafeTensors.check(file, network))
                        .isInstanceOf(IOException.class)
                        .hasMessageStartingWith("tensor 'first.norm.scale' does not lie within the file");
            }
        }
    }

    private Path file(Weights weights) throws IOException {
        Path file = directory.resolve("weights.safetensors");
        try (OutputStream out = Files.newOutputStream(file)) {
            SafeTensors.write(weights, out);
        }
        return file;
    }
}
