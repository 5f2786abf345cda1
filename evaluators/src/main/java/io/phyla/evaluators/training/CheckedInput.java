package io.phyla.evaluators.training;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/** A file that ends with the CRC-32C of the rest, read from the start. */
final class CheckedInput implements AutoCloseable {

    private static final int PIECE = 1 << 20;

    private final FileChannel channel;
    private final long size;

    private CheckedInput(FileChannel channel, long size) {
        this.channel = channel;
        this.size = size;
    }

    static CheckedInput open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        return new CheckedInput(channel, channel.size());
    }

    long remaining() throws IOException {
        return size - channel.position();
    }

    long readLong() throws IOException {
        return little(Long.BYTES).getLong();
    }

    int readInt() throws IOException {
        return little(Integer.BYTES).getInt();
    }

    void read(MemorySegment target) throws IOException {
        for (long from = 0; from < target.byteSize(); from += PIECE) {
            fill(target.asSlice(from, Math.min(PIECE, target.byteSize() - from)).asByteBuffer());
        }
    }

    /** Goes through the whole file; reading goes on where it was. */
    boolean matchesChecksum() throws IOException {
        long here = channel.position();
        CRC32C checksum = new CRC32C();
        ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
        channel.position(0);
        for (long left = size - Integer.BYTES; left > 0; ) {
            piece.clear().limit((int) Math.min(PIECE, left));
            left -= piece.limit();
            fill(piece);
            checksum.update(piece.flip());
        }
        boolean same = readInt() == (int) checksum.getValue();
        channel.position(here);
        return same;
    }

    private ByteBuffer little(int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        fill(buffer);
        return buffer.flip();
    }

    private void fill(ByteBuffer target) throws IOException {
        while (target.hasRemaining()) {
            if (channel.read(target) < 0) {
                throw new EOFException("the file ends too early");
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
