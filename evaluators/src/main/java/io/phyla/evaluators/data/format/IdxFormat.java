package io.phyla.evaluators.data.format;

import io.phyla.evaluators.data.DataFile;
import io.phyla.evaluators.data.DataFormat;
import io.phyla.evaluators.data.Dataset;
import io.phyla.evaluators.data.Dataset.Split;
import io.phyla.evaluators.data.ImageCollector;
import io.phyla.evaluators.data.InvalidDataException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The MNIST family's files (LeCun, Cortes, Burges): images in one, labels in another, a pair for training and perhaps one for
 * testing, each plain or gzipped. Only several files together are a data set: a directory or a zip archive.
 */
public final class IdxFormat implements DataFormat {

    private static final Predicate<String> IMAGES =
            Pattern.compile("images[.-]idx3-ubyte").asPredicate();
    private static final Predicate<String> LABELS =
            Pattern.compile("labels[.-]idx1-ubyte").asPredicate();
    private static final String LAYOUT =
            "'train-images-idx3-ubyte' and 'train-labels-idx1-ubyte', and for testing the same"
                    + " with 't10k', each plain or .gz";

    @Override
    public String name() {
        return "idx";
    }

    @Override
    public String description() {
        return "a directory or zip of MNIST's IDX files";
    }

    @Override
    public boolean recognises(DataFile file) {
        return Idx.isIdx(file.head())
                || file.entries().stream().map(DataFile::last).anyMatch(IMAGES.or(LABELS));
    }

    @Override
    public Dataset read(DataFile file, Keeping keeping) {
        if (!file.isArchive()) {
            throw file.refused("", "is a single IDX file; register the directory of images and labels: " + LAYOUT);
        }
        ImageCollector collector = null;
        for (Map.Entry<Split, Pair> part :
                Pair.find(file, IMAGES, LABELS, LAYOUT).entrySet()) {
            collector = read(file, keeping, part.getKey(), part.getValue(), collector);
        }
        return Objects.requireNonNull(collector).finish(List.of());
    }

    private static ImageCollector read(
            DataFile file, Keeping keeping, Split part, Pair pair, @Nullable ImageCollector before) {
        try (Idx images = Idx.open(file, pair.images(), 3);
                Idx labels = Idx.open(file, pair.labels(), 1)) {
            int height = images.dimension(1);
            int width = images.dimension(2);
            ImageCollector collector = before == null
                    ? new ImageCollector(file, keeping, pair.images(), 1, height, width)
                    : before.same(pair.images(), 1, height, width);
            int count = images.dimension(0);
            collector.expect(pair.images(), count, pair.labels(), labels.dimension(0));
            byte[] image = new byte[collector.image()];
            byte[] label = new byte[1];
            for (int i = 0; i < count; i++) {
                images.read(image, i);
                labels.read(label, i);
                collector.add(part, image, Byte.toUnsignedInt(label[0]), pair.labels());
            }
            images.end();
            labels.end();
            return collector;
        } catch (IOException e) {
            throw new InvalidDataException("'" + file.name() + "' cannot be read: " + e.getMessage(), e);
        }
    }
}
