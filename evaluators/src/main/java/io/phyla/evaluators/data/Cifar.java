package io.phyla.evaluators.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * CIFAR-10 or CIFAR-100 binary records (Krizhevsky, 2009), plain or gzipped: a label byte (CIFAR-100: coarse and fine,
 * the fine one counts) and 3x32x32 bytes, planes in the order red, green, blue. One file holds all records; the first 80
 * of a hundred are for training, the next ten for validation, the last ten for testing.
 */
public final class Cifar implements Dataset {

    static final int SIZE = 32;
    static final int CHANNELS = 3;

    private static final int IMAGE = CHANNELS * SIZE * SIZE;
    private static final int MOST_RECORDS = 200_000;

    private final String name;
    private final String sha256;
    private final int labels;
    private final byte[] records;
    private final int count;

    private Cifar(String name, String sha256, int labels, byte[] records) {
        this.name = name;
        this.sha256 = sha256;
        this.labels = labels;
        this.records = records;
        this.count = records.length / (labels + IMAGE);
    }

    /**
     * Reads a whole file.
     *
     * @param sha256 of the file
     * @throws InvalidDataException if its length or a label fits neither variant
     */
    public static Cifar read(String name, Path file, String sha256) {
        byte[] records = bytes(name, file);
        for (int labels = 1; labels <= 2; labels++) {
            int record = labels + IMAGE;
            if (records.length > 0 && records.length % record == 0 && labelsFit(records, labels)) {
                return new Cifar(name, sha256, labels, records);
            }
        }
        throw new InvalidDataException(
                name + ": " + records.length + " bytes are no CIFAR-10 records (3073 bytes each, "
                        + "labels 0 to 9) and no CIFAR-100 records (3074 bytes each, labels 0 to 19 and 0 to 99)");
    }

    private static byte[] bytes(String name, Path file) {
        long most = (long) MOST_RECORDS * (2 + IMAGE);
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file))) {
            raw.mark(2);
            boolean gzip = raw.read() == 0x1f && raw.read() == 0x8b;
            raw.reset();
            InputStream plain = gzip ? new GZIPInputStream(raw) : raw;
            byte[] bytes = plain.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, most));
            if (plain.read() >= 0) {
                throw new InvalidDataException(name + ": more than " + MOST_RECORDS + " records");
            }
            return bytes;
        } catch (IOException e) {
            throw new InvalidDataException(name + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private static boolean labelsFit(byte[] records, int labels) {
        for (int at = 0; at < records.length; at += labels + IMAGE) {
            int first = Byte.toUnsignedInt(records[at]);
            boolean fits = labels == 1 ? first < 10 : first < 20 && Byte.toUnsignedInt(records[at + 1]) < 100;
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int classes() {
        return labels == 1 ? 10 : 100;
    }

    @Override
    public int channels() {
        return CHANNELS;
    }

    @Override
    public int size() {
        return SIZE;
    }

    private int start(Split split) {
        return switch (split) {
            case TRAIN -> 0;
            case VALIDATION -> (int) (count * 8L / 10);
            case TEST -> (int) (count * 9L / 10);
        };
    }

    @Override
    public int count(Split split) {
        return switch (split) {
            case TRAIN -> start(Split.VALIDATION);
            case VALIDATION -> start(Split.TEST) - start(Split.VALIDATION);
            case TEST -> count - start(Split.TEST);
        };
    }

    @Override
    public int read(Split split, int index, byte[] target, int offset) {
        if (index < 0 || index >= count(split)) {
            throw new IndexOutOfBoundsException(
                    name + " has " + count(split) + " images in " + split + ", not " + index);
        }
        int at = (start(split) + index) * (labels + IMAGE);
        System.arraycopy(records, at + labels, target, offset, IMAGE);
        return Byte.toUnsignedInt(records[at + labels - 1]);
    }

    @Override
    public String sha256() {
        return sha256;
    }
}
