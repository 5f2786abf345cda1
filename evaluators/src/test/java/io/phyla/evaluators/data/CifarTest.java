package io.phyla.evaluators.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.phyla.evaluators.data.Dataset.Split;
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

    @Test
    void refusesWhatIsNotCifar() throws IOException {
        byte[] wrongLabel = records(3, 1, 0);
        wrongLabel[3073] = 10;
        for (byte[] bytes : new byte[][] {{}, new byte[3072], wrongLabel, Arrays.copyOf(records(2, 1, 0), 5000)}) {
            Path file = Files.write(directory.resolve("bad"), bytes);
            assertThatThrownBy(() -> Cifar.read("bad", file, "hash"))
                    .isInstanceOf(InvalidDataException.class)
                    .hasMessageContaining("3073");
        }
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
