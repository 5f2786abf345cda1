package io.phyla.evaluators.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.evaluators.engine.Initialization;
import io.phyla.evaluators.engine.Parameter;
import io.phyla.evaluators.engine.Plan;
import io.phyla.spaces.schema.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
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
            SafeTensors.write(file, plan);
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
}
