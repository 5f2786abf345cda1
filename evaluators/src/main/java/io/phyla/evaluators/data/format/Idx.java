package io.phyla.evaluators.data.format;

import io.phyla.evaluators.data.DataFile;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Arrays;

/** One IDX file of bytes, read from the start: two zeros, type, number of dimensions, each dimension, values row by row. */
final class Idx implements AutoCloseable {

    private static final int UNSIGNED_BYTE = 8;
    private static final int MOST_DIMENSIONS = 4;

    private final DataFile file;
    private final String entry;
    private final DataInputStream in;
    private final int[] dimensions;

    private Idx(DataFile file, String entry, DataInputStream in, int[] dimensions) {
        this.file = file;
        this.entry = entry;
        this.in = in;
        this.dimensions = dimensions;
    }

    /** The mark alone could begin other files too: the sizes that follow have to make sense. */
    static boolean isIdx(byte[] head) {
        if (head.length < 8 || head[0] != 0 || head[1] != 0 || head[2] != UNSIGNED_BYTE) {
            return false;
        }
        return head[3] == 1
                ? head[4] == 0
                : head[3] == 3 && head.length >= 16 && head[8] == 0 && head[9] == 0 && head[12] == 0 && head[13] == 0;
    }

    static Idx open(DataFile file, String entry, int wanted) throws IOException {
        DataInputStream in = new DataInputStream(file.open(entry));
        try {
            byte[] mark = in.readNBytes(4);
            if (mark.length < 4 || mark[0] != 0 || mark[1] != 0) {
                throw file.refused(entry, "is no IDX file: those begin with two zero bytes");
            }
            if (mark[2] != UNSIGNED_BYTE) {
                throw file.refused(entry, "has values of type " + mark[2] + "; images and labels are bytes, type 8");
            }
            if (mark[3] != wanted || mark[3] > MOST_DIMENSIONS) {
                throw file.refused(
                        entry,
                        "has " + mark[3] + " dimensions; "
                                + (wanted == 1 ? "labels have one" : "images have three: number, height, width"));
            }
            byte[] sizes = in.readNBytes(4 * wanted);
            int[] dimensions = new int[wanted];
            for (int i = 0; i < wanted; i++) {
                dimensions[i] = sizes.length < 4 * wanted ? -1 : bigEndian(sizes, 4 * i);
                if (dimensions[i] < 1) {
                    throw file.refused(
                            entry, "ends in its header, or has a dimension that is not 1 to " + Integer.MAX_VALUE);
                }
            }
            return new Idx(file, entry, in, dimensions);
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    private static int bigEndian(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 24
                | (bytes[at + 1] & 0xff) << 16
                | (bytes[at + 2] & 0xff) << 8
                | bytes[at + 3] & 0xff;
    }

    int dimension(int index) {
        return dimensions[index];
    }

    /** Fills a whole array, which is item i's. */
    void read(byte[] target, int i) {
        try {
            if (in.readNBytes(target, 0, target.length) == target.length) {
                return;
            }
        } catch (IOException e) {
            throw file.refused(entry, "breaks off in item " + (i + 1) + " of " + dimensions[0] + ": " + e.getMessage());
        }
        throw file.refused(
                entry, "ends in item " + (i + 1) + " of the " + dimensions[0] + " that its header announces");
    }

    /** Makes sure that nothing follows. */
    void end() throws IOException {
        if (in.read() >= 0) {
            throw file.refused(entry, "goes on after the " + Arrays.toString(dimensions) + " bytes of its header");
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
