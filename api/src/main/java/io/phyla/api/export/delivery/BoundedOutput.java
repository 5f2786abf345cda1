package io.phyla.api.export.delivery;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Counts and hashes what goes through, and stops at a bound. */
final class BoundedOutput extends FilterOutputStream {

    private static final int BUFFER = 1 << 16;
    private static final int TAG_DIGITS = 32;

    private final long most;
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

    BoundedOutput(OutputStream out, long most) {
        super(new BufferedOutputStream(out, BUFFER));
        this.most = most;
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
