package io.phyla.evaluators.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.spaces.schema.Json;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;

/**
 * A training's file: the eight bytes {@code PHYLATRN}, a version, the length of a JSON header and the header itself
 * ({@code identity}, {@code progress}, bytes of each vector), the vectors one after the other, and CRC-32C of all that.
 * Numbers are little-endian.
 */
final class Checkpoint {

    private static final long MAGIC = 0x4E52_5441_4C59_4850L;
    private static final int VERSION = 1;
    private static final int MOST_HEADER = 1 << 26;

    private Checkpoint() {}

    static void write(Path file, Identity identity, Progress progress, List<MemorySegment> state) throws IOException {
        ObjectNode header = Json.MAPPER.createObjectNode();
        header.set("identity", identity.json());
        header.set("progress", Json.MAPPER.valueToTree(progress));
        state.forEach(vector -> header.withArray("vectors").add(vector.byteSize()));
        byte[] text = Json.MAPPER.writeValueAsBytes(header);
        AtomicFile.write(file, out -> {
            out.writeLong(MAGIC);
            out.writeInt(VERSION);
            out.writeInt(text.length);
            out.write(MemorySegment.ofArray(text));
            for (MemorySegment vector : state) {
                out.write(vector);
            }
            out.writeChecksum();
        });
    }

    /**
     * Checks everything, then fills the vectors.
     *
     * @throws CheckpointException saying why it is not a checkpoint of this training; nothing is changed then
     */
    static Progress read(Path file, Identity identity, List<MemorySegment> state) throws IOException {
        try (CheckedInput in = CheckedInput.open(file)) {
            if (in.remaining() < 3L * Long.BYTES || in.readLong() != MAGIC) {
                throw new CheckpointException(file + " is no checkpoint of a training");
            }
            int version = in.readInt();
            if (version != VERSION) {
                throw new CheckpointException(
                        file + " is a checkpoint of version " + version + ", this program reads " + VERSION);
            }
            JsonNode header = header(file, in);
            List<String> differences = identity.differences(header.path("identity"));
            if (!differences.isEmpty()) {
                throw new CheckpointException(
                        file + " belongs to another training: " + String.join("; ", differences));
            }
            long expected = state.stream().mapToLong(MemorySegment::byteSize).sum();
            if (in.remaining() != expected + Integer.BYTES) {
                throw new CheckpointException(file + " has " + (in.remaining() - Integer.BYTES)
                        + " bytes of state, this training has " + expected);
            }
            Progress progress = Json.MAPPER.treeToValue(header.path("progress"), Progress.class);
            if (!in.matchesChecksum()) {
                throw new CheckpointException(file + " is damaged: its checksum does not match");
            }
            for (MemorySegment vector : state) {
                in.read(vector);
            }
            return progress;
        }
    }

    private static JsonNode header(Path file, CheckedInput in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > Math.min(MOST_HEADER, in.remaining())) {
            throw new CheckpointException(file + " is damaged: its header would have " + length + " bytes");
        }
        byte[] text = new byte[length];
        in.read(MemorySegment.ofArray(text));
        try {
            return Json.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new CheckpointException(file + " is damaged: its header is no JSON");
        }
    }
}
