package io.phyla.api.export.delivery;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Counts and hashes what goes through, and stops at a bound or when there is no room left. */
final class BoundedOutput extends FilterOutputStream {

    private static final int BUFFER = 1 << 16;
    private static final int TAG_DIGITS = 32;

    private static final long LOOK_EVERY = 16L << 20;

    private final long most;
    private final Room room;
    private final MessageDigest digest;
    private long bytes;

    /** More than the bound was written. */
    static final class TooLarge extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        TooLarge(long most) {
            super("the export would be larger than " + (most >> 20)
                    + " MiB; candidates and formats can be had one by one");
        }
    }

    /** Looks whether there is room for more. */
    interface Room {
        /** @throws IOException if there is none */
        void check() throws IOException;
    }

    BoundedOutput(OutputStream out, long most, Room room) {
        super(new BufferedOutputStream(out, BUFFER));
        this.most = most;
        this.room = room;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        if (bytes == 0 || bytes / LOOK_EVERY != (bytes + length) / LOOK_EVERY) {
            room.check();
        }
        bytes += length;
        if (bytes > most) {
            throw new TooLarge(most);
        }
        digest.update(from, offset, length);
        out.write(from, offset, length);
    }

    long bytes() {
        return bytes;
    }

    /** The first half of the SHA-256 of all that was written; to be asked for once, at the end. */
    String tag() {
        return HexFormat.of().formatHex(digest.digest()).substring(0, TAG_DIGITS);
    }
}
