package io.phyla.evaluators.data.format;

import static io.phyla.evaluators.data.format.Registered.directory;
import static io.phyla.evaluators.data.format.Registered.zip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.phyla.evaluators.data.Dataset;
import io.phyla.evaluators.data.Dataset.Split;
import io.phyla.evaluators.data.Datasets;
import io.phyla.evaluators.data.InvalidDataException;
import io.phyla.evaluators.engine.SplitMix;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderFormatTest {

    @TempDir
    Path directory;

    private static byte[] write(BufferedImage image, String format) {
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            assertThat(ImageIO.write(image, format, out)).isTrue();
            return out.toByteArray();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int rgb(int number, int x, int y) {
        return 0xff << 24 | number * 8 << 16 | (x * 20 + 3) << 8 | y * 20 + 5;
    }

    private static BufferedImage colour(int number, int width, int height, int type) {
        BufferedImage image = new BufferedImage(width, height, type);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, rgb(number, x, y));
            }
        }
        return image;
    }

    /** Set on the raster: what the file holds. */
    private static BufferedImage grey(int type, int value) {
        BufferedImage image = new BufferedImage(6, 6, type);
        for (int at = 0; at < 36; at++) {
            image.getRaster().setSample(at % 6, at / 6, 0, value + at);
        }
        return image;
    }

    private static Map<String, byte[]> pictures(String root, int perClass) {
        Map<String, byte[]> files = new TreeMap<>();
        for (int i = 0; i < perClass * 2; i++) {
            String name = root + (i % 2 == 0 ? "cat/" : "dog/") + i + ".png";
            files.put(name, write(colour(i, 6, 6, BufferedImage.TYPE_INT_RGB), "png"));
        }
        return files;
    }

    @Test
    void readsClassesFromDirectoriesAndZips() throws IOException {
        Map<String, byte[]> files = pictures("", 12);
        files.put("README.txt", new byte[3]);
        files.put(".DS_Store", new byte[3]);
        Map<String, byte[]> zipped = new LinkedHashMap<>();
        files.forEach((name, bytes) -> zipped.put("animals/" + name, bytes));
        zipped.put("__MACOSX/animals/cat/._0.png", new byte[9]);
        Path folder = directory(directory.resolve("animals"), files);
        for (Path path : new Path[] {folder, zip(directory.resolve("animals.zip"), zipped)}) {
            Dataset data = Registered.open(path);
            assertThat(Registered.form(path)).isEqualTo(new Datasets.Form(2, 3, 6, 19));
            assertThat(data.classNames()).containsExactly("cat", "dog");
            byte[] image = new byte[108];
            for (Split split : Split.values()) {
                assertThat(data.count(split)).isPositive();
                for (int i = 0; i < data.count(split); i++) {
                    int label = data.read(split, i, image, 0);
                    int number = Byte.toUnsignedInt(image[0]) / 8;
                    assertThat(label).isEqualTo(number % 2);
                    for (int at = 0; at < 36; at++) {
                        int rgb = rgb(number, at % 6, at / 6);
                        assertThat(image[36 + at]).isEqualTo((byte) (rgb >> 8));
                        assertThat(image[72 + at]).isEqualTo((byte) rgb);
                    }
                }
            }
        }
        Files.delete(folder.resolve("dog/1.png"));
        assertThat(Registered.form(folder).trainingImages())
                .as("a changed directory is read again")
                .isEqualTo(18);
    }

    /** The same files elsewhere and at another time are the same content. */
    @Test
    void aDirectoryIsKnownByItsFilesAlone() throws IOException {
        Path first = directory(directory.resolve("first"), pictures("", 6));
        String hash = Registered.open(first).sha256();
        Path second = directory(directory.resolve("second"), pictures("", 6));
        Files.setLastModifiedTime(second.resolve("cat/0.png"), FileTime.fromMillis(0));
        assertThat(Registered.open(second).sha256()).isEqualTo(hash);
        Files.move(second.resolve("cat/0.png"), second.resolve("dog/0.png"));
        assertThat(Registered.open(second).sha256()).isNotEqualTo(hash);
    }

    @Test
    void takesTheTestDirectoryAsItIs() throws IOException {
        Map<String, byte[]> files = pictures("train/", 20);
        files.putAll(pictures("test/", 3));
        Dataset data = Registered.open(directory(directory.resolve("parts"), files));
        assertThat(data.count(Split.TRAIN)).isEqualTo(36);
        assertThat(data.count(Split.VALIDATION)).isEqualTo(4);
        assertThat(data.count(Split.TEST)).isEqualTo(6);
        byte[] image = new byte[108];
        assertThat(data.read(Split.TEST, 3, image, 0)).isEqualTo(1);
        assertThat(image[0]).isEqualTo((byte) 8);
    }

    /** Grey values are those in the file: the JDK's own conversion would turn 100 into 168. */
    @Test
    void greyStaysGrey() throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        for (int i = 0; i < 20; i++) {
            files.put((i % 2 == 0 ? "a/" : "b/") + i + ".png", write(grey(BufferedImage.TYPE_BYTE_GRAY, 100), "png"));
        }
        BufferedImage deep = new BufferedImage(6, 6, BufferedImage.TYPE_USHORT_GRAY);
        for (int at = 0; at < 36; at++) {
            deep.getRaster().setSample(at % 6, at / 6, 0, (100 + at) * 257);
        }
        files.put("a/deep.png", write(deep, "png"));
        Path path = directory(directory.resolve("grey"), files);
        Dataset data = Registered.open(path);
        assertThat(data.channels()).isEqualTo(1);
        byte[] image = new byte[36];
        for (int i = 0; i < data.count(Split.TRAIN); i++) {
            data.read(Split.TRAIN, i, image, 0);
            for (int at = 0; at < 36; at++) {
                assertThat(image[at]).isEqualTo((byte) (100 + at));
            }
        }
        files.put("b/zz.png", write(colour(1, 6, 6, BufferedImage.TYPE_INT_RGB), "png"));
        Registered.assertRefused(directory(path, files), "b/zz.png", "is in colour and the first image is grey");
    }

    @Test
    void greyAmongColoursGetsThreeEqualChannelsAndJpegIsRead() throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        files.put("a/0.png", write(colour(1, 6, 6, BufferedImage.TYPE_INT_ARGB), "png"));
        for (int i = 1; i < 20; i++) {
            files.put((i % 2 == 0 ? "a/" : "b/") + i + ".png", write(grey(BufferedImage.TYPE_BYTE_GRAY, 100), "png"));
        }
        BufferedImage flat = new BufferedImage(6, 6, BufferedImage.TYPE_INT_RGB);
        for (int at = 0; at < 36; at++) {
            flat.setRGB(at % 6, at / 6, 0xc8_64_32);
        }
        files.put("c/flat.JPG", write(flat, "jpg"));
        Dataset data = Registered.open(directory(directory.resolve("mixed"), files));
        byte[] image = new byte[108];
        for (Split split : Split.values()) {
            for (int i = 0; i < data.count(split); i++) {
                int label = data.read(split, i, image, 0);
                if (label == 2) {
                    assertThat((double) Byte.toUnsignedInt(image[0])).isCloseTo(0xc8, within(4.0));
                    assertThat((double) Byte.toUnsignedInt(image[36])).isCloseTo(0x64, within(4.0));
                    assertThat((double) Byte.toUnsignedInt(image[72])).isCloseTo(0x32, within(4.0));
                } else if (image[0] == 100) {
                    assertThat(Arrays.copyOfRange(image, 36, 72)).isEqualTo(Arrays.copyOf(image, 36));
                    assertThat(Arrays.copyOfRange(image, 72, 108)).isEqualTo(Arrays.copyOf(image, 36));
                }
            }
        }
        assertThat(data.classNames()).containsExactly("a", "b", "c");
    }

    @Test
    void saysWhichFileIsWrong() throws IOException {
        byte[] good = write(colour(1, 6, 6, BufferedImage.TYPE_INT_RGB), "png");
        assertRefused(
                "dog/x.png", write(colour(1, 7, 7, BufferedImage.TYPE_INT_RGB), "png"), "dog/x.png", "3x7x7", "3x6x6");
        assertRefused(
                "cat/0.png", write(colour(1, 6, 7, BufferedImage.TYPE_INT_RGB), "png"), "cat/0.png", "7 x 6", "square");
        assertRefused("dog/x.png", new byte[50], "dog/x.png is no image");
        assertRefused("dog/x.png", Arrays.copyOf(good, good.length / 2), "dog/x.png cannot be decoded");
        assertRefused("dog/x.webp", good, "dog/x.webp is neither PNG nor JPEG");
        assertRefused("dog/puppies/x.png", good, "dog/puppies/x.png is not as deep as cat/0.png");
        assertRefused("x.png", good, "x.png is in no directory that names its class");
        assertRefused("dog/x.png", bomb(), "dog/x.png has 50000 x 50000 pixels");
        BufferedImage clear = colour(1, 6, 6, BufferedImage.TYPE_INT_ARGB);
        clear.setRGB(2, 2, 0x80_00_00_00);
        assertRefused("dog/x.png", write(clear, "png"), "dog/x.png has transparent pixels");
        Path few = directory(directory.resolve("few"), pictures("", 2));
        Registered.assertRefused(few, "4 training images of 2 classes", "at least 10");
        Path none = directory(directory.resolve("none"), Map.of("a/b/notes.txt", new byte[4]));
        Registered.assertRefused(none, "'data' is no data set", "IDX", ".npz", "CLASS/IMAGE.png", "CIFAR");
    }

    /** Decoders meet damage with errors of many kinds: whatever it is, the file is named. */
    @Test
    void namesDamagedFiles() throws IOException {
        Map<String, byte[]> files = pictures("", 6);
        SplitMix random = new SplitMix(1);
        for (String format : List.of("png", "jpg")) {
            byte[] good = write(colour(1, 6, 6, BufferedImage.TYPE_INT_RGB), format);
            for (int i = 0; i < 100; i++) {
                byte[] bad = good.clone();
                for (int flips = 0; flips < 3; flips++) {
                    bad[random.nextInt(bad.length)] = (byte) random.nextLong();
                }
                files.put("cat/damaged." + format, bad);
                Path zip = zip(directory.resolve(format + i + ".zip"), files);
                try {
                    assertThat(Registered.form(zip).size()).isEqualTo(6);
                } catch (InvalidDataException e) {
                    assertThat(e).hasMessageContaining("cat/damaged." + format);
                }
            }
            files.remove("cat/damaged." + format);
        }
    }

    /** A small file whose header promises ten gigabytes of pixels. */
    private static byte[] bomb() {
        byte[] png = write(new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB), "png");
        ByteBuffer bytes = ByteBuffer.wrap(png).putInt(16, 50_000).putInt(20, 50_000);
        CRC32 crc = new CRC32();
        crc.update(png, 12, 17);
        bytes.putInt(29, (int) crc.getValue());
        return png;
    }

    private void assertRefused(String name, byte[] content, String... reasons) throws IOException {
        Map<String, byte[]> files = pictures("", 6);
        files.put(name, content);
        Path path = Files.createTempDirectory(directory, "bad");
        Registered.assertRefused(directory(path, files), reasons);
    }
}
