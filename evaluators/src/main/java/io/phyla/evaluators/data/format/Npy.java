package io.phyla.evaluators.data.format;

import io.phyla.evaluators.data.DataFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One array as {@code numpy.save} writes it, versions 1 to 3, read item by item along the first dimension: a mark, the length
 * of the header, the header as a Python dictionary, values in C order.
 */
final class Npy implements AutoCloseable {

    private static final byte[] MARK = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int MOST_HEADER = 1 << 16;
    private static final int MOST_DIMENSIONS = 8;
    private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*'([<>=|]?)([a-zA-Z])([0-9]+)'");
    private static final Pattern FORTRAN = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9,\\s]*)\\)");

    private final DataFile file;
    private final String entry;
    private final InputStream in;
    private final Type type;
    private final long[] shape;

    private Npy(DataFile file, String entry, InputStream in, Type type, long[] shape) {
        this.file = file;
        this.entry = entry;
        this.in = in;
        this.type = type;
        this.shape = shape;
    }

    /** NumPy's kind (b, i, u, f) and bytes of one value. */
    record Type(char kind, int bytes, ByteOrder order) {

        boolean isInteger() {
            return (kind == 'i' || kind == 'u') && (bytes == 1 || bytes == 2 || bytes == 4 || bytes == 8);
        }

        boolean isFloat() {
            return kind == 'f' && (bytes == 4 || bytes == 8);
        }

        @Override
        public String toString() {
            return kind + "" + bytes;
        }
    }

    static Npy open(DataFile file, String entry) throws IOException {
        InputStream in = file.open(entry);
        try {
            String header = header(file, entry, in);
            Matcher type = find(file, entry, TYPE, header, "plain 'descr' such as '|u1'");
            if (find(file, entry, FORTRAN, header, "'fortran_order'").group(1).equals("True")) {
                throw file.refused(entry, "is in Fortran order; save numpy.ascontiguousarray(...) of it");
            }
            ByteOrder order = type.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
            return new Npy(
                    file,
                    entry,
                    in,
                    new Type(type.group(2).charAt(0), number(file, entry, type.group(3)), order),
                    shape(
                            file,
                            entry,
                            find(file, entry, SHAPE, header, "'shape'").group(1)));
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    private static String header(DataFile file, String entry, InputStream in) throws IOException {
        byte[] start = in.readNBytes(MARK.length + 2);
        if (start.length < MARK.length + 2 || !Arrays.equals(MARK, Arrays.copyOf(start, MARK.length))) {
            throw file.refused(entry, "is no NumPy array: its first bytes are not those of numpy.save");
        }
        int version = start[MARK.length];
        if (version < 1 || version > 3) {
            throw file.refused(entry, "is of version " + version + " of the array format; 1 to 3 are known");
        }
        byte[] length = in.readNBytes(version == 1 ? 2 : 4);
        long bytes = 0;
        for (int i = length.length - 1; i >= 0; i--) {
            bytes = bytes << 8 | length[i] & 0xff;
        }
        if (bytes > MOST_HEADER) {
            throw file.refused(entry, "has a header of " + bytes + " bytes; at most " + MOST_HEADER + " make sense");
        }
        byte[] header = in.readNBytes((int) bytes);
        if (header.length < bytes) {
            throw file.refused(entry, "ends in its header");
        }
        return new String(header, version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
    }

    private static Matcher find(DataFile file, String entry, Pattern pattern, String header, String what) {
        Matcher matcher = pattern.matcher(header);
        if (!matcher.find()) {
            throw file.refused(
                    entry,
                    "has no " + what + " in its header: "
                            + header.substring(0, Math.min(header.length(), 100))
                                    .strip());
        }
        return matcher;
    }

    private static long[] shape(DataFile file, String entry, String text) {
        String[] sizes = Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(size -> !size.isEmpty())
                .toArray(String[]::new);
        if (sizes.length > MOST_DIMENSIONS) {
            throw file.refused(entry, "has " + sizes.length + " dimensions");
        }
        return Arrays.stream(sizes).mapToLong(size -> number(file, entry, size)).toArray();
    }

    private static int number(DataFile file, String entry, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException _) {
            throw file.refused(
                    entry,
                    "has the size " + text.substring(0, Math.min(text.length(), 20))
                            + " in its header; sizes are at most " + Integer.MAX_VALUE);
        }
    }

    String entry() {
        return entry;
    }

    Type type() {
        return type;
    }

    /** Sizes, at most 8 of them, each an int. */
    long[] shape() {
        return shape.clone();
    }

    String shapeText() {
        return Arrays.toString(shape).replace('[', '(').replace(']', ')');
    }

    /** Room for one item of so many values, in the array's byte order. */
    ByteBuffer item(int values) {
        return ByteBuffer.allocate(Math.multiplyExact(values, type.bytes())).order(type.order());
    }

    /** Fills an item's buffer. */
    void read(ByteBuffer item, long i) {
        try {
            if (in.readNBytes(item.array(), 0, item.capacity()) == item.capacity()) {
                return;
            }
        } catch (IOException e) {
            throw file.refused(entry, "breaks off in item " + i + " of " + shape[0] + ": " + e.getMessage());
        }
        throw file.refused(entry, "ends in item " + i + " of the " + shape[0] + " that its header announces");
    }

    /** Makes sure that nothing follows. */
    void end() throws IOException {
        if (in.read() >= 0) {
            throw file.refused(entry, "goes on after the " + shapeText() + " values of its header");
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
