package io.phyla.evaluators.data.format;

import static io.phyla.evaluators.data.format.Registered.zip;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.evaluators.data.Dataset;
import io.phyla.evaluators.data.Dataset.Split;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumpyFormatTest {

    private static final int COUNT = 20;

    @TempDir
    Path directory;

    private Map<String, byte[]> arrays = new LinkedHashMap<>();

    @BeforeEach
    void arrays() {
        arrays.put("x_train.npy", npy(1, "|u1", "(20, 4, 4, 3)", images(true)));
        arrays.put("y_train.npy", npy(1, "<i8", "(20,)", labels(8, ByteOrder.LITTLE_ENDIAN)));
    }

    private static byte[] npy(int version, String type, String shape, byte[] values) {
        return npy(version, "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }\n", values);
    }

    private static byte[] npy(int version, String header, byte[] values) {
        ByteBuffer bytes =
                ByteBuffer.allocate(12 + header.length() + values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put((byte) 0x93)
                .put("NUMPY".getBytes(ISO_8859_1))
                .put((byte) version)
                .put((byte) 0);
        if (version == 1) {
            bytes.putShort((short) header.length());
        } else {
            bytes.putInt(header.length());
        }
        bytes.put(header.getBytes(ISO_8859_1)).put(values);
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    private static int value(int image, int channel, int pixel) {
        return image * 10 + channel * 20 + pixel;
    }

    private static byte[] images(boolean channelsLast) {
        byte[] bytes = new byte[COUNT * 48];
        for (int at = 0; at < bytes.length; at++) {
            int channel = channelsLast ? at % 3 : at / 16 % 3;
            int pixel = channelsLast ? at / 3 % 16 : at % 16;
            bytes[at] = (byte) value(at / 48, channel, pixel);
        }
        return bytes;
    }

    private static byte[] labels(int bytes, ByteOrder order) {
        ByteBuffer labels = ByteBuffer.allocate(COUNT * bytes).order(order);
        for (int i = 0; i < COUNT; i++) {
            labels.put(i * bytes + (order == ByteOrder.BIG_ENDIAN ? bytes - 1 : 0), (byte) i);
        }
        return labels.array();
    }

    private Dataset open() throws IOException {
        return Registered.open(zip(directory.resolve("data.npz"), arrays));
    }

    private static void check(Dataset data) {
        byte[] image = new byte[48];
        boolean[] seen = new boolean[COUNT];
        for (Split split : Split.values()) {
            for (int i = 0; i < data.count(split); i++) {
                int label = data.read(split, i, image, 0);
                seen[label] = true;
                for (int at = 0; at < 48; at++) {
                    assertThat(image[at]).isEqualTo((byte) value(label, at / 16, at % 16));
                }
            }
        }
        assertThat(seen).doesNotContain(false);
        assertThat(data.classes()).isEqualTo(COUNT);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void readsBothOrdersOfDimensionsInEveryVersion(int version) throws IOException {
        check(open());
        arrays.put("x_train.npy", npy(version, "|u1", "(20, 3, 4, 4)", images(false)));
        check(open());
    }

    @ParameterizedTest
    @CsvSource({"|u1,1", "|i1,1", "<i2,2", ">i2,2", "<u4,4", ">i4,4", "<u8,8", ">i8,8"})
    void readsLabelsOfAnyIntegers(String type, int bytes) throws IOException {
        ByteOrder order = type.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        arrays.put("y_train.npy", npy(1, type, "(20, 1)", labels(bytes, order)));
        check(open());
    }

    @ParameterizedTest
    @CsvSource({"<f4,255", "<f4,1", ">f4,1", "<f8,1"})
    void readsFloatsOfEitherRange(String type, int largest) throws IOException {
        byte[] bytes = images(true);
        int width = type.endsWith("4") ? 4 : 8;
        ByteBuffer floats = ByteBuffer.allocate(bytes.length * width)
                .order(type.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        for (byte each : bytes) {
            double value = Byte.toUnsignedInt(each) * largest / 255.0;
            if (width == 4) {
                floats.putFloat((float) value);
            } else {
                floats.putDouble(value);
            }
        }
        arrays.put("x_train.npy", npy(1, type, "(20, 4, 4, 3)", floats.array()));
        check(open());
        floats.putFloat(4 * 48, largest == 1 ? -0.1f : Float.NaN);
        arrays.put("x_train.npy", npy(1, type, "(20, 4, 4, 3)", floats.array()));
        if (width == 4 && type.startsWith("<")) {
            assertRefused("has the value " + (largest == 1 ? "-0.1" : "NaN"), "in image 1", "normalised");
        }
    }

    @Test
    void takesPartsByTheirNames() throws IOException {
        arrays = new LinkedHashMap<>();
        for (String part : new String[] {"train", "val", "test"}) {
            arrays.put(part + "_images.npy", npy(1, "|u1", "(20, 4, 4)", new byte[320]));
            arrays.put(part + "_labels.npy", npy(1, "|u1", "(20, 1)", labels(1, ByteOrder.LITTLE_ENDIAN)));
        }
        Dataset data = open();
        assertThat(data.channels()).isEqualTo(1);
        assertThat(data.count(Split.TRAIN)).isEqualTo(20);
        assertThat(data.count(Split.VALIDATION)).isEqualTo(20);
        assertThat(data.count(Split.TEST)).isEqualTo(20);
        assertThat(data.read(Split.TEST, 7, new byte[16], 0)).isEqualTo(7);
        arrays.keySet().removeIf(name -> name.startsWith("test"));
        data = open();
        assertThat(data.count(Split.TRAIN))
                .as("what is held out is for testing")
                .isEqualTo(18);
        assertThat(data.count(Split.TEST)).isEqualTo(20);
        arrays = new LinkedHashMap<>(Map.of(
                "images.npy", npy(1, "|u1", "(20, 4, 4)", new byte[320]),
                "labels.npy", npy(1, "|u1", "(20,)", labels(1, ByteOrder.LITTLE_ENDIAN))));
        assertThat(open().count(Split.TRAIN)).isEqualTo(16);
    }

    /** {@code numpy.savez_compressed("f", images=arange(320, dtype=uint8).reshape(20, 4, 4), labels=arange(20) % 2)}. */
    @Test
    void readsWhatNumpyWrote() throws IOException {
        byte[] bytes = Objects.requireNonNull(getClass().getResourceAsStream("numpy.npz.base64"))
                .readAllBytes();
        Path file = Files.write(
                directory.resolve("numpy.npz"), Base64.getMimeDecoder().decode(bytes));
        Dataset data = Registered.open(file);
        assertThat(data.classes()).isEqualTo(2);
        byte[] image = new byte[16];
        for (int i = 0; i < data.count(Split.TRAIN); i++) {
            int label = data.read(Split.TRAIN, i, image, 0);
            assertThat(Byte.toUnsignedInt(image[3])).isEqualTo(Byte.toUnsignedInt(image[0]) + 3);
            assertThat(Byte.toUnsignedInt(image[0]) / 16 % 2).isEqualTo(label);
        }
    }

    private void assertRefused(String... reasons) throws IOException {
        Registered.assertRefused(zip(directory.resolve("data.npz"), arrays), reasons);
    }

    private void assertRefused(String name, byte[] content, String... reasons) throws IOException {
        Map<String, byte[]> before = new LinkedHashMap<>(arrays);
        arrays.put(name, content);
        assertRefused(reasons);
        arrays = before;
    }

    @Test
    void saysWhatIsWrong() throws IOException {
        String x = "x_train.npy";
        String y = "y_train.npy";
        assertRefused(x, new byte[20], x, "is no NumPy array");
        assertRefused(x, npy(4, "|u1", "(20, 4, 4, 3)", images(true)), "version 4");
        assertRefused(x, npy(2, "x".repeat(70_000), new byte[0]), "header of 70000 bytes");
        assertRefused(x, Arrays.copyOf(npy(1, "|u1", "(20, 4, 4, 3)", new byte[0]), 30), "ends in its header");
        assertRefused(
                x,
                npy(1, "{'descr': [('a', '|u1')], 'fortran_order': False, 'shape': (20,)}", new byte[0]),
                "no plain 'descr'");
        assertRefused(
                x,
                npy(1, "{'descr': '|u1', 'fortran_order': True, 'shape': (20, 4, 4, 3)}", images(true)),
                "Fortran order",
                "ascontiguousarray");
        assertRefused(x, npy(1, "|u1", "(99999999999, 4, 4, 3)", images(true)), "the size 99999999999");
        assertRefused(
                x, npy(1, "|u1", "(2000000000, 4, 4, 3)", images(true)), "2000000000 images and y_train.npy has 20");
        assertRefused(x, npy(1, "|u1", "(20, 4, 4, 3)", Arrays.copyOf(images(true), 500)), "ends in item 10 of the 20");
        assertRefused(x, npy(1, "|u1", "(20, 4, 4, 3)", Arrays.copyOf(images(true), 961)), "goes on after");
        assertRefused(x, npy(1, "|u1", "(20, 48)", images(true)), "has the shape (20, 48)");
        assertRefused(x, npy(1, "|u1", "(20, 8, 2, 3)", images(true)), "8 x 2 pixels", "square");
        assertRefused(x, npy(1, "<i4", "(20, 4, 4, 3)", new byte[4 * 960]), "type i4");
        assertRefused(y, npy(1, "<f4", "(20,)", new byte[80]), "labels are integers");
        assertRefused(y, npy(1, "|u1", "(20, 10)", new byte[200]), "(20, 10)");
        assertRefused(y, npy(1, "|i1", "(20,)", Arrays.copyOf(new byte[] {0, -1}, 20)), "item 1 has the label -1");
        assertRefused(y, npy(1, "|u1", "(20,)", new byte[20]), "20 training images of 1 classes");
        assertRefused("x_test.npy", images(true), "has no labels beside it");
        arrays.remove(y);
        assertRefused("has no labels beside it");
        arrays.clear();
        arrays.put("weights.npy", npy(1, "|u1", "(20,)", new byte[20]));
        assertRefused("has no images", "'x_train'");
        Path alone = Files.write(directory.resolve("alone.npy"), npy(1, "|u1", "(20, 4, 4, 3)", images(true)));
        Registered.assertRefused(alone, "single NumPy array", "savez");
    }

    /** Zeros shrink a thousandfold; what counts is what the header says, and that is checked first. */
    @Test
    void refusesAnArchiveThatUnpacksToMoreThanMemoryHolds() throws IOException {
        arrays.put("x_train.npy", npy(1, "|u1", "(2000000000, 64, 64)", new byte[1 << 20]));
        arrays.put("y_train.npy", npy(1, "|u1", "(2000000000,)", new byte[1 << 20]));
        assertRefused("x_train.npy", "256 MiB");
        arrays.put("x_train.npy", npy(1, "<f4", "(2000000000, 64, 64)", new byte[1 << 20]));
        assertRefused("x_train.npy", "256 MiB");
    }

    @Test
    void saysThatAnArchiveIsDamaged() throws IOException {
        Path file = zip(directory.resolve("data.npz"), arrays);
        byte[] bytes = Files.readAllBytes(file);
        Registered.assertRefused(
                Files.write(file, Arrays.copyOf(bytes, bytes.length / 2)), "'data' is a damaged zip archive");
        ByteArrayOutputStream flipped = new ByteArrayOutputStream();
        flipped.writeBytes(bytes);
        byte[] broken = flipped.toByteArray();
        Arrays.fill(broken, 200, 400, (byte) 0x55);
        Registered.assertRefused(Files.write(file, broken), "x_train.npy");
    }
}
