package io.phyla.evaluators.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * CIFAR-10 or CIFAR-100 binary records (Krizhevsky, 2009), plain or gzipped: a label byte (CIFAR-100: coarse and fine,
 * the fine one counts) and 3x32x32 bytes, planes in the order red, green, blue. One file holds all records; the first 80
 * of a hundred are for training, the next ten for validation, the last ten for testing.
 */
public final class Cifar implements Dataset {

    static final int SIZE = 32;
    static final int CHANNELS = 3;

    private final String name;
    private final String sha256;
    private final CifarRecords.Form form;
    private final List<byte[]> chunks;
    private final Splits splits;

    private Cifar(String name, String sha256, CifarRecords.Form form, List<byte[]> chunks) {
        this.name = name;
        this.sha256 = sha256;
        this.form = form;
        this.chunks = chunks;
        this.splits = Splits.of(form.count(), 0, 0);
    }

    /**
     * Reads a whole file.
     *
     * @param sha256 of the file
     * @throws InvalidDataException if it is neither variant, naming the first record that does not fit
     */
    public static Cifar read(String name, Path file, String sha256) {
        List<byte[]> chunks = new ArrayList<>();
        CifarRecords.Form form = CifarRecords.read(name, file, chunks::add);
        return new Cifar(name, sha256, form, chunks);
    }

    /**
     * A file's form without its images: reads and checks it, and keeps nothing.
     *
     * @throws InvalidDataException as {@link #read}
     */
    static Cifar check(String name, Path file, String sha256) {
        return new Cifar(name, sha256, CifarRecords.read(name, file, _ -> {}), List.of());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int classes() {
        return form.labels() == 1 ? 10 : 100;
    }

    @Override
    public int channels() {
        return CHANNELS;
    }

    @Override
    public int size() {
        return SIZE;
    }

    @Override
    public int count(Split split) {
        return splits.count(split);
    }

    @Override
    public int read(Split split, int index, byte[] target, int offset) {
        int record = form.labels() + CifarRecords.IMAGE;
        long at = (long) splits.place(this, split, index) * record;
        byte[] chunk = chunks.get((int) (at / CifarRecords.CHUNK));
        int pixels = (int) (at % CifarRecords.CHUNK) + form.labels();
        System.arraycopy(chunk, pixels, target, offset, CifarRecords.IMAGE);
        return Byte.toUnsignedInt(chunk[pixels - 1]);
    }

    @Override
    public String sha256() {
        return sha256;
    }
}
