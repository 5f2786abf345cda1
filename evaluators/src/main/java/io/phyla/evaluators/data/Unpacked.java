package io.phyla.evaluators.data;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Counts what comes out of an archive, all its entries together, so that a small one cannot keep its reader busy for ever. The
 * most that a data set can need is all its pixels as 8-byte numbers, read twice.
 */
final class Unpacked {

    private static final long MOST_BYTES = 8L << 30;

    private final DataFile file;
    private long left = MOST_BYTES;

    Unpacked(DataFile file) {
        this.file = file;
    }

    InputStream counted(String entry, InputStream plain) {
        return new FilterInputStream(plain) {
            @Override
            public int read() throws IOException {
                int value = super.read();
                count(entry, value < 0 ? 0 : 1);
                return value;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                int count = super.read(target, offset, length);
                count(entry, count);
                return count;
            }
        };
    }

    private void count(String entry, int count) {
        left -= Math.max(count, 0);
        if (left < 0) {
            throw file.refused(
                    entry,
                    "is where the archive has unpacked to more than " + (MOST_BYTES >> 30)
                            + " GiB; that is more than any data set that is taken");
        }
    }
}
