package io.phyla.api;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Files of images as people have them. */
final class Images {

    private Images() {}

    /** CIFAR-10 records of noise. */
    static byte[] cifar(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] bytes = new byte[count * 3073];
        random.nextBytes(bytes);
        for (int i = 0; i < count; i++) {
            bytes[i * 3073] = (byte) (i % 10);
        }
        return bytes;
    }

    /** A zip of IDX files, 8x8. */
    static Map<String, byte[]> idx(int count, long seed) {
        byte[] pixels = new byte[count * 64];
        new SplittableRandom(seed).nextBytes(pixels);
        byte[] labels = new byte[count];
        for (int i = 0; i < count; i++) {
            labels[i] = (byte) (i % 3);
        }
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put(
                "train-images-idx3-ubyte",
                ByteBuffer.allocate(16 + pixels.length)
                        .putInt(0x803)
                        .putInt(count)
                        .putInt(8)
                        .putInt(8)
                        .put(pixels)
                        .array());
        entries.put(
                "train-labels-idx1-ubyte",
                ByteBuffer.allocate(8 + count).putInt(0x801).putInt(count).put(labels).array());
        return entries;
    }

    static byte[] zip(Map<String, byte[]> entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                ZipEntry header = new ZipEntry(entry.getKey());
                header.setTime(0);
                zip.putNextEntry(header);
                zip.write(entry.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
