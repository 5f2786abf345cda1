package io.phyla.evaluators.training;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/** A file written beside its place and moved there when it is whole and on the disk, so that no reader meets half of it. */
final class AtomicFile {

    /** A buffer over native memory cannot be larger than an int counts. */
    private static final long PIECE = 1 << 24;

    private final FileChannel channel;
    private final CRC32C checksum = new CRC32C();

    private AtomicFile(FileChannel channel) {
        this.channel = channel;
    }

    /** Writes the content. */
    @FunctionalInterface
    interface Content {
        void write(AtomicFile out) throws IOException;
    }

    static void write(Path file, Content content) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        Path temporary = Files.createTempFile(directory, file.getFileName().toString(), ".part");
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                content.write(new AtomicFile(channel));
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    void writeLong(long value) throws IOException {
        write(little(Long.BYTES).putLong(value).flip());
    }

    void writeInt(int value) throws IOException {
        write(little(Integer.BYTES).putInt(value).flip());
    }

    void write(MemorySegment bytes) throws IOException {
        for (long from = 0; from < bytes.byteSize(); from += PIECE) {
            write(bytes.asSlice(from, Math.min(PIECE, bytes.byteSize() - from)).asByteBuffer());
        }
    }

    /** The same as a stream, which is not to be closed. */
    OutputStream stream() {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                AtomicFile.this.write(little(1).put((byte) b).flip());
            }

            @Override
            public void write(byte[] bytes, int from, int count) throws IOException {
                AtomicFile.this.write(MemorySegment.ofArray(bytes).asSlice(from, count));
            }
        };
    }

    /** CRC-32C of everything before. */
    void writeChecksum() throws IOException {
        writeInt((int) checksum.getValue());
    }

    private void write(ByteBuffer buffer) throws IOException {
        checksum.update(buffer.duplicate());
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
