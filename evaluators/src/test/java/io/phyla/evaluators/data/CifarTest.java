package io.phyla.evaluators.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.phyla.evaluators.data.Dataset.Split;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CifarTest {

    @TempDir
    Path directory;

    private static byte[] records(int count, int labels, int fine) {
        byte[] bytes = new byte[count * (labels + 3072)];
        new SplittableRandom(1).nextBytes(bytes);
        for (int i = 0; i < count; i++) {
            int at = i * (labels + 3072);
            bytes[at] = (byte) (i % 10);
            if (labels == 2) {
                bytes[at + 1] = (byte) fine;
            }
        }
        return bytes;
    }

    @Test
    void readsBothVariantsPlainAndZipped() throws IOException {
        byte[] ten = records(40, 1, 0);
        Path plain = Files.write(directory.resolve("ten.bin"), ten);
        Path zipped = directory.resolve("ten.bin.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
            out.write(ten);
        }
        for (Path file : new Path[] {plain, zipped}) {
            Cifar data = Cifar.read("ten", file, "hash");
            assertThat(data.classes()).isEqualTo(10);
            assertThat(data.count(Split.TRAIN)).isEqualTo(32);
            assertThat(data.count(Split.VALIDATION)).isEqualTo(4);
            assertThat(data.count(Split.TEST)).isEqualTo(4);
            byte[] image = new byte[3072];
            assertThat(data.read(Split.TEST, 3, image, 0)).isEqualTo(39 % 10);
            assertThat(image).isEqualTo(Arrays.copyOfRange(ten, 39 * 3073 + 1, 40 * 3073));
        }
        Cifar hundred = Cifar.read("hundred", Files.write(directory.resolve("h"), records(20, 2, 77)), "hash");
        assertThat(hundred.classes()).isEqualTo(100);
        assertThat(hundred.read(Split.TRAIN, 5, new byte[3072], 0)).isEqualTo(77);
    }

    /** More than one chunk of either kind, and images on both sides of every border. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void readsRecordsOfManyChunks(int labels) throws IOException {
        byte[] bytes = records(6500, labels, 3);
        Cifar data = Cifar.read("many", Files.write(directory.resolve("many"), bytes), "hash");
        byte[] image = new byte[3072];
        for (int i = 0; i < data.count(Split.TRAIN); i += 100) {
            data.read(Split.TRAIN, i, image, 0);
            int at = i * (labels + 3072) + labels;
            assertThat(image).isEqualTo(Arrays.copyOfRange(bytes, at, at + 3072));
        }
    }

    @Test
    void saysWhichRecordIsWrong() throws IOException {
        assertRefused(new byte[0], "'bad' is no data set", "3073 bytes", "3074 bytes");
        assertRefused(new byte[3072], "record 1 ends after 3072 of 3073 bytes");
        byte[] wrongLabel = records(3, 1, 0);
        wrongLabel[2 * 3073] = 10;
        assertRefused(wrongLabel, "record 3 has the label 10");
        assertRefused(Arrays.copyOf(records(5, 1, 0), 5 * 3073 - 1), "record 5 ends after 3072 of 3073 bytes");
        byte[] wrongFine = records(4, 2, 7);
        wrongFine[3 * 3074 + 1] = 100;
        assertRefused(wrongFine, "record 4 has the fine label 100");
        byte[] wrongCoarse = records(4, 2, 77);
        wrongCoarse[3074] = 20;
        assertRefused(wrongCoarse, "record 2 has the coarse label 20");
        assertRefused("arch_id,arch_str,params\n0,|nor|,7\n".repeat(200).getBytes(UTF_8), "'bad' is text", "a table");
    }

    @Test
    void saysWhereAZippedFileBreaksOff() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(records(40, 1, 0));
        }
        assertRefused(Arrays.copyOf(bytes.toByteArray(), bytes.size() * 3 / 4), "'bad' breaks off in its record 3");
        assertRefused(Arrays.copyOf(bytes.toByteArray(), 30), "'bad' breaks off in its record 1");
    }

    private void assertRefused(byte[] bytes, String... reasons) throws IOException {
        Path file = Files.write(directory.resolve("bad"), bytes);
        assertThatThrownBy(() -> Cifar.read("bad", file, "hash"))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContainingAll(reasons);
        assertThatThrownBy(() -> Cifar.check("bad", file, "hash")).hasMessageContainingAll(reasons);
    }

    @Test
    void normalisesEachChannelOfTheTrainingSplit() throws IOException {
        String data = System.getenv("PHYLA_DATA");
        Assumptions.assumeTrue(data != null, "CIFAR TEST SKIPPED: PHYLA_DATA is not set");
        Cifar cifar = Cifar.read("cifar10", Path.of(data, "nas", "cifar10_jpeg_test_2000.bin.gz"), "hash");
        Batches batches = new Batches(cifar);
        Batch all = batches.range(Split.TRAIN, 0, cifar.count(Split.TRAIN));
        for (int channel = 0; channel < 3; channel++) {
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < all.count(); i++) {
                for (int pixel = 0; pixel < 1024; pixel++) {
                    double value = all.images()[(i * 3 + channel) * 1024 + pixel];
                    sum += value;
                    squares += value * value;
                }
            }
            double n = all.count() * 1024.0;
            assertThat(sum / n).isCloseTo(0, within(1e-4));
            assertThat(squares / n).isCloseTo(1, within(1e-3));
        }
        Batch drawn = batches.draw(Split.TRAIN, 64, 3);
        assertThat(drawn.images()).isEqualTo(batches.draw(Split.TRAIN, 64, 3).images());
        assertThat(drawn.images()).isNotEqualTo(batches.draw(Split.TRAIN, 64, 4).images());
        assertThat(Arrays.stream(drawn.labels()).distinct().count()).isGreaterThan(5);
    }
}
