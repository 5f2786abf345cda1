package io.phyla.evaluators.data.format;

import static io.phyla.evaluators.data.format.Registered.directory;
import static io.phyla.evaluators.data.format.Registered.zip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.phyla.evaluators.data.Dataset;
import io.phyla.evaluators.data.Dataset.Split;
import io.phyla.evaluators.data.Datasets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxFormatTest {

    private static final String IMAGES = "train-images-idx3-ubyte";
    private static final String LABELS = "train-labels-idx1-ubyte";

    @TempDir
    Path directory;

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream zip = new GZIPOutputStream(out)) {
            zip.write(bytes);
        }
        return out.toByteArray();
    }

    /** Image i is full of i. */
    private static byte[] images(int count, int height, int width) {
        ByteBuffer bytes = ByteBuffer.allocate(16 + count * height * width)
                .putInt(0x0803)
                .putInt(count)
                .putInt(height)
                .putInt(width);
        while (bytes.hasRemaining()) {
            bytes.put((byte) ((bytes.position() - 16) / (height * width)));
        }
        return bytes.array();
    }

    private static byte[] labels(int count) {
        ByteBuffer bytes = ByteBuffer.allocate(8 + count).putInt(0x0801).putInt(count);
        while (bytes.hasRemaining()) {
            bytes.put((byte) ((bytes.position() - 8) % 10));
        }
        return bytes.array();
    }

    private static Map<String, byte[]> pair(int count) {
        return new HashMap<>(Map.of(IMAGES, images(count, 5, 5), LABELS, labels(count)));
    }

    @Test
    void takesTheTestPartAsItIsAndATenthOfTheRestForValidation() throws IOException {
        Map<String, byte[]> files = pair(100);
        files.put("t10k-images-idx3-ubyte.gz", gzip(images(30, 5, 5)));
        files.put("t10k-labels-idx1-ubyte.gz", gzip(labels(30)));
        for (Path path : new Path[] {
            directory(directory.resolve("mnist"), files), zip(directory.resolve("mnist.zip"), new TreeMap<>(files))
        }) {
            Dataset data = Registered.open(path);
            assertThat(data.classes()).isEqualTo(10);
            assertThat(data.channels()).isEqualTo(1);
            assertThat(data.size()).isEqualTo(5);
            assertThat(Registered.form(path)).isEqualTo(new Datasets.Form(10, 1, 5, 90));
            byte[] image = new byte[25];
            for (int i = 0; i < 30; i++) {
                assertThat(data.read(Split.TEST, i, image, 0)).isEqualTo(i % 10);
                assertThat(image).containsOnly(i);
            }
            boolean[] seen = new boolean[100];
            for (Split split : new Split[] {Split.TRAIN, Split.VALIDATION}) {
                for (int i = 0; i < data.count(split); i++) {
                    assertThat(data.read(split, i, image, 0)).isEqualTo(image[0] % 10);
                    assertThat(seen[image[0]]).isFalse();
                    seen[image[0]] = true;
                }
            }
            assertThat(seen).doesNotContain(false);
            assertThat(data.count(Split.VALIDATION)).isEqualTo(10);
        }
    }

    @Test
    void aPairAloneIsSplitInThree() throws IOException {
        Map<String, byte[]> files =
                Map.of("t10k-images.idx3-ubyte", images(50, 5, 5), "t10k-labels.idx1-ubyte", labels(50));
        Dataset data = Registered.open(directory(directory.resolve("alone"), files));
        assertThat(data.count(Split.TRAIN)).isEqualTo(40);
        assertThat(data.count(Split.VALIDATION)).isEqualTo(5);
        assertThat(data.count(Split.TEST)).isEqualTo(5);
    }

    @Test
    void readsPublishedFiles() throws IOException {
        String published = System.getenv("PHYLA_DATA");
        Assumptions.assumeTrue(published != null, "MNIST TEST SKIPPED: PHYLA_DATA is not set");
        Path mnist = Files.createDirectory(directory.resolve("mnist"));
        for (String name : new String[] {"mnist_t10k-images-idx3-ubyte.gz", "mnist_t10k-labels-idx1-ubyte.gz"}) {
            Files.copy(Path.of(published, "nas", name), mnist.resolve(name));
        }
        byte[] images = gunzip(mnist.resolve("mnist_t10k-images-idx3-ubyte.gz"));
        byte[] labels = gunzip(mnist.resolve("mnist_t10k-labels-idx1-ubyte.gz"));
        Map<String, Integer> expected = new HashMap<>();
        for (int i = 0; i < 10_000; i++) {
            byte[] image = Arrays.copyOfRange(images, 16 + i * 784, 16 + (i + 1) * 784);
            expected.merge(labels[8 + i] + ":" + Arrays.hashCode(image), 1, Integer::sum);
        }
        Dataset data = Registered.open(mnist);
        assertThat(data.classes()).isEqualTo(10);
        assertThat(data.size()).isEqualTo(28);
        Map<String, Integer> found = new HashMap<>();
        byte[] image = new byte[784];
        for (Split split : Split.values()) {
            int[] classes = new int[10];
            for (int i = 0; i < data.count(split); i++) {
                int label = data.read(split, i, image, 0);
                classes[label]++;
                found.merge(label + ":" + Arrays.hashCode(image), 1, Integer::sum);
            }
            for (int count : classes) {
                assertThat(count / (double) data.count(split)).isCloseTo(0.1, within(0.04));
            }
        }
        assertThat(found).isEqualTo(expected);
        assertThat(data.moments().mean().getFirst())
                .as("of all test digits 0.1325, in bytes")
                .isCloseTo(33.79, within(0.3));
    }

    private static byte[] gunzip(Path file) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return in.readAllBytes();
        }
    }

    @Test
    void saysWhatIsWrong() throws IOException {
        Path alone = Files.write(directory.resolve("single"), images(20, 5, 5));
        Registered.assertRefused(alone, "single IDX file", "register the directory");
        Path zipped = Files.write(directory.resolve("single.gz"), gzip(labels(20)));
        Registered.assertRefused(zipped, "single IDX file");
        assertRefused(IMAGES, null, LABELS, "has no images beside it");
        assertRefused(LABELS, null, IMAGES, "has no labels beside it");
        assertRefused(LABELS, labels(19), IMAGES + " has 20 images", LABELS + " has 19 labels");
        assertRefused(IMAGES, images(20, 5, 6), "5 x 6 pixels", "square");
        assertRefused(IMAGES, Arrays.copyOf(images(20, 5, 5), 16 + 12 * 25), "ends in item 13 of the 20");
        assertRefused(IMAGES, Arrays.copyOf(images(20, 5, 5), 16 + 501), "goes on after");
        assertRefused(LABELS, new byte[] {1, 2, 3, 4}, LABELS, "begin with two zero bytes");
        assertRefused(LABELS, new byte[] {0, 0, 13, 1, 0, 0, 0, 9}, "type 13");
        assertRefused(LABELS, images(20, 5, 5), "has 3 dimensions; labels have one");
        assertRefused(IMAGES, Arrays.copyOf(images(20, 5, 5), 10), "ends in its header");
        byte[] zip = gzip(images(20, 5, 5));
        assertRefused(IMAGES, Arrays.copyOf(zip, zip.length - 12), "breaks off in item");
        assertRefused("mnist/train-images.idx3-ubyte", images(20, 5, 5), "one data set at a time");
        assertRefused("t10k-images-idx3-ubyte", images(20, 5, 5), "has no labels beside it");
    }

    /** Announced sizes are checked before memory is taken for them. */
    @Test
    void refusesMoreThanMemoryHolds() throws IOException {
        byte[] huge = ByteBuffer.allocate(16)
                .putInt(0x0803)
                .putInt(Integer.MAX_VALUE)
                .putInt(28)
                .putInt(28)
                .array();
        byte[] many =
                ByteBuffer.allocate(8).putInt(0x0801).putInt(Integer.MAX_VALUE).array();
        Map<String, byte[]> files = Map.of(IMAGES, huge, LABELS, many);
        Registered.assertRefused(directory(directory.resolve("huge"), files), "256 MiB");
        byte[] wide = ByteBuffer.allocate(16)
                .putInt(0x0803)
                .putInt(20)
                .putInt(1 << 30)
                .putInt(1 << 30)
                .array();
        assertRefused(IMAGES, wide, "1 to 1024 pixels");
    }

    private void assertRefused(String name, byte @Nullable [] content, String... reasons) throws IOException {
        Map<String, byte[]> files = pair(20);
        if (content == null) {
            files.remove(name);
        } else {
            files.put(name, content);
        }
        Path path = Files.createTempDirectory(directory, "bad");
        Registered.assertRefused(directory(path, files), reasons);
    }
}
