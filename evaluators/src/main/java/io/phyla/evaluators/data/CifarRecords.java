package io.phyla.evaluators.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A pass over a file of CIFAR records, which finds out what they are and what is wrong with them: CIFAR-10 with one label
 * byte per image or CIFAR-100 with two.
 */
final class CifarRecords {

    static final int IMAGE = Cifar.CHANNELS * Cifar.SIZE * Cifar.SIZE;

    /** Whole records of either kind, so that no record lies across two chunks. */
    static final int CHUNK = (1 + IMAGE) * (2 + IMAGE);

    private static final int LEAST_RECORDS = 10;
    private static final long MOST_RECORDS = ImageCollector.MOST_BYTES / IMAGE;
    private static final int LEAST_TEXT = 16;

    private final String name;
    private final Fit ten = new Fit("CIFAR-10", 1);
    private final Fit hundred = new Fit("CIFAR-100", 2);
    private long bytes;
    private boolean text;

    private CifarRecords(String name) {
        this.name = name;
    }

    /** What a file holds. */
    record Form(int labels, int count) {}

    /**
     * Reads a whole file, plain or gzipped.
     *
     * @param chunks takes the content piece by piece, {@link #CHUNK} bytes but for the last
     * @throws InvalidDataException saying which record is wrong
     */
    static Form read(String name, Path file, Consumer<byte[]> chunks) {
        return new CifarRecords(name).read(file, chunks);
    }

    /** Whether a file holds records of one kind up to here, and if not, since which record. */
    private static final class Fit {

        private final String kind;
        private final int labels;
        private @Nullable String fault;

        Fit(String kind, int labels) {
            this.kind = kind;
            this.labels = labels;
        }

        int record() {
            return labels + IMAGE;
        }

        void add(byte[] chunk, long before) {
            for (int at = 0; at < chunk.length && fault == null; at += record()) {
                long number = (before + at) / record() + 1;
                int first = Byte.toUnsignedInt(chunk[at]);
                if (chunk.length - at < record()) {
                    fault = "record " + number + " ends after " + (chunk.length - at) + " of " + record() + " bytes";
                } else if (first >= (labels == 1 ? 10 : 20)) {
                    fault = "record " + number + " has the " + (labels == 1 ? "label " : "coarse label ") + first;
                } else if (labels == 2 && Byte.toUnsignedInt(chunk[at + 1]) >= 100) {
                    fault = "record " + number + " has the fine label " + Byte.toUnsignedInt(chunk[at + 1]);
                }
            }
        }
    }

    private Form read(Path file, Consumer<byte[]> chunks) {
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            raw.mark(2);
            boolean gzip = raw.read() == 0x1f && raw.read() == 0x8b;
            raw.reset();
            InputStream plain = gzip ? new GZIPInputStream(raw, 1 << 16) : raw;
            for (byte[] chunk = next(plain); chunk.length > 0; chunk = next(plain)) {
                text |= bytes == 0 && isText(chunk);
                ten.add(chunk, bytes);
                hundred.add(chunk, bytes);
                bytes += chunk.length;
                if (text || ten.fault != null && hundred.fault != null) {
                    throw refused();
                }
                if (bytes > MOST_RECORDS * ten.record()) {
                    throw new InvalidDataException("'" + name + "' has more than the " + MOST_RECORDS
                            + " records that a worker can hold (" + (ImageCollector.MOST_BYTES >> 20) + " MiB)");
                }
                chunks.accept(chunk);
            }
        } catch (IOException e) {
            throw new InvalidDataException(
                    "'" + name + "' breaks off in its record " + (bytes / ten.record() + 1) + ": " + e.getMessage(), e);
        }
        Fit fit = ten.fault == null ? ten : hundred;
        if (bytes == 0) {
            throw refused();
        }
        int count = Math.toIntExact(bytes / fit.record());
        if (count < LEAST_RECORDS) {
            throw new InvalidDataException("'" + name + "' has " + count + " records; there have to be at least "
                    + LEAST_RECORDS + ", so that each split gets some");
        }
        return new Form(fit.labels, count);
    }

    /** Up to a chunk; what can be read before an error counts, so that the error is found at its place. */
    private byte[] next(InputStream in) throws IOException {
        byte[] chunk = new byte[CHUNK];
        int length = 0;
        try {
            int read = in.read(chunk, 0, CHUNK);
            while (read > 0) {
                length += read;
                read = in.read(chunk, length, CHUNK - length);
            }
        } catch (IOException e) {
            bytes += length;
            throw e;
        }
        return length == CHUNK ? chunk : Arrays.copyOf(chunk, length);
    }

    private static boolean isText(byte[] chunk) {
        for (int i = 0; i < Math.min(chunk.length, LEAST_TEXT); i++) {
            if (chunk[i] != '\n' && chunk[i] != '\r' && chunk[i] != '\t' && (chunk[i] < ' ' || chunk[i] > '~')) {
                return false;
            }
        }
        return chunk.length >= LEAST_TEXT;
    }

    private InvalidDataException refused() {
        List<String> faults = new ArrayList<>();
        for (Fit fit : List.of(ten, hundred)) {
            String fault = fit.fault == null ? "there is none" : fit.fault;
            faults.add("no " + fit.kind + " records of " + fit.record() + " bytes (" + fault + ")");
        }
        String what = text ? "is text, perhaps a table of published results: " : "is no data set: ";
        return new InvalidDataException("'" + name + "' " + what + String.join(" and ", faults));
    }
}
