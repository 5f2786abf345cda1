package io.phyla.spaces;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A 128-bit identity: the first half of a SHA-256. Its text form is 32 hexadecimal digits. */
public record Key(long high, long low) {

    public static Key of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    public static Key of(byte[] bytes) {
        try {
            return read(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Reads 16 bytes, big endian; further bytes are ignored. */
    public static Key read(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new Key(buffer.getLong(), buffer.getLong());
    }

    public static Key parse(String hex) {
        if (hex.length() != 32) {
            throw new IllegalArgumentException("a key has 32 hexadecimal digits, '" + hex + "' has " + hex.length());
        }
        return read(HexFormat.of().parseHex(hex));
    }

    public byte[] toBytes() {
        return ByteBuffer.allocate(16).putLong(high).putLong(low).array();
    }

    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }
}
