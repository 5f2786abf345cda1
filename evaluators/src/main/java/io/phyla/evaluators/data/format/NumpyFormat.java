package io.phyla.evaluators.data.format;

import io.phyla.evaluators.data.DataFile;
import io.phyla.evaluators.data.DataFormat;
import io.phyla.evaluators.data.Dataset;
import io.phyla.evaluators.data.Dataset.Split;
import io.phyla.evaluators.data.ImageCollector;
import io.phyla.evaluators.data.InvalidDataException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Arrays that {@code numpy.savez} or {@code numpy.savez_compressed} wrote, told apart by their names. */
public final class NumpyFormat implements DataFormat {

    private static final Predicate<String> ARRAY = Pattern.compile("\\.npy$").asPredicate();
    private static final Predicate<String> IMAGES = Pattern.compile(
                    "(?:^|[^a-z0-9])(?:x|images?)(?=[^a-z0-9])[^.]*\\.npy$", Pattern.CASE_INSENSITIVE)
            .asPredicate();
    private static final Predicate<String> LABELS = Pattern.compile(
                    "(?:^|[^a-z0-9])(?:y|labels?)(?=[^a-z0-9])[^.]*\\.npy$", Pattern.CASE_INSENSITIVE)
            .asPredicate();
    private static final String LAYOUT =
            "arrays 'x_train' and 'y_train', and perhaps 'x_test' and 'y_test', or 'images' and" + " 'labels'";

    @Override
    public String name() {
        return "npz";
    }

    @Override
    public String description() {
        return "a NumPy .npz file of " + LAYOUT;
    }

    @Override
    public boolean recognises(DataFile file) {
        byte[] head = file.head();
        return head.length > 5 && (head[0] & 0xff) == 0x93 && head[1] == 'N' && head[5] == 'Y'
                || file.entries().stream().anyMatch(ARRAY);
    }

    @Override
    public Dataset read(DataFile file, Keeping keeping) {
        if (!file.isArchive()) {
            throw file.refused(
                    "", "is a single NumPy array; save images and labels together with numpy.savez: " + LAYOUT);
        }
        Map<Split, Pair> pairs = Pair.find(file, IMAGES, LABELS, LAYOUT);
        try {
            NumpyPixels pixels = NumpyPixels.of(
                    file, Objects.requireNonNull(pairs.get(Split.TRAIN)).images());
            ImageCollector collector = null;
            for (Map.Entry<Split, Pair> part : pairs.entrySet()) {
                collector = read(file, keeping, part.getKey(), part.getValue(), pixels, collector);
            }
            return Objects.requireNonNull(collector).finish(List.of());
        } catch (IOException e) {
            throw new InvalidDataException("'" + file.name() + "' cannot be read: " + e.getMessage(), e);
        }
    }

    private static ImageCollector read(
            DataFile file, Keeping keeping, Split part, Pair pair, NumpyPixels pixels, @Nullable ImageCollector before)
            throws IOException {
        try (Npy images = Npy.open(file, pair.images());
                Npy labels = Npy.open(file, pair.labels())) {
            NumpyLayout layout = NumpyLayout.of(file, images);
            checkLabels(file, labels);
            ImageCollector collector = before == null
                    ? new ImageCollector(
                            file, keeping, pair.images(), layout.channels(), layout.height(), layout.width())
                    : before.same(pair.images(), layout.channels(), layout.height(), layout.width());
            long count = images.shape()[0];
            collector.expect(pair.images(), count, pair.labels(), labels.shape()[0]);
            ByteBuffer item = images.item(collector.image());
            ByteBuffer label = labels.item(1);
            byte[] image = new byte[collector.image()];
            for (int i = 0; i < count; i++) {
                images.read(item, i);
                labels.read(label, i);
                pixels.convert(item, layout, image, images, i);
                collector.add(part, image, label(label, labels.type()), pair.labels() + ", item " + i);
            }
            images.end();
            labels.end();
            return collector;
        }
    }

    private static void checkLabels(DataFile file, Npy labels) {
        long[] shape = labels.shape();
        if (!labels.type().isInteger() || !(shape.length == 1 || shape.length == 2 && shape[1] == 1)) {
            throw file.refused(
                    labels.entry(),
                    "has the shape " + labels.shapeText() + " and values of type " + labels.type()
                            + "; labels are integers, one per image: (number) or (number, 1)");
        }
    }

    private static long label(ByteBuffer item, Npy.Type type) {
        boolean signed = type.kind() == 'i';
        return switch (type.bytes()) {
            case 1 -> signed ? item.get(0) : item.get(0) & 0xff;
            case 2 -> signed ? item.getShort(0) : item.getShort(0) & 0xffff;
            case 4 -> signed ? item.getInt(0) : item.getInt(0) & 0xffff_ffffL;
            case 8 -> item.getLong(0);
            default -> throw new IllegalStateException("labels of type " + type);
        };
    }
}
