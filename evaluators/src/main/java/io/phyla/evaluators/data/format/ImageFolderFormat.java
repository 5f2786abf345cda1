package io.phyla.evaluators.data.format;

import io.phyla.evaluators.data.DataFile;
import io.phyla.evaluators.data.DataFormat;
import io.phyla.evaluators.data.Dataset;
import io.phyla.evaluators.data.Dataset.Split;
import io.phyla.evaluators.data.ImageCollector;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * PNG and JPEG files in one directory per class, sorted by name, perhaps under {@code train}, {@code val} and {@code test}. All
 * images are of the first one's size, and if that is grey, grey; grey ones among colours get three equal channels.
 */
public final class ImageFolderFormat implements DataFormat {

    private static final Predicate<String> PICTURE =
            Pattern.compile("\\.(?:png|jpe?g)$", Pattern.CASE_INSENSITIVE).asPredicate();
    private static final Predicate<String> OTHER_PICTURE = Pattern.compile(
                    "\\.(?:webp|gif|bmp|tiff?|avif|heic|ppm|pgm)$", Pattern.CASE_INSENSITIVE)
            .asPredicate();
    private static final String LAYOUT = "CLASS/IMAGE.png or .jpg, or the same under 'train' and 'test'";

    @Override
    public String name() {
        return "images";
    }

    @Override
    public String description() {
        return "a directory or zip of " + LAYOUT;
    }

    @Override
    public boolean recognises(DataFile file) {
        return file.entries().stream().anyMatch(PICTURE.or(OTHER_PICTURE));
    }

    /** @param path the entry's whole name, for messages */
    private record Picture(String path, String label) {}

    @Override
    public Dataset read(DataFile file, Keeping keeping) {
        Map<Split, List<Picture>> pictures = pictures(file);
        List<String> classes = classes(file, pictures);
        Map<String, Integer> labels = new HashMap<>();
        classes.forEach(each -> labels.put(each, labels.size()));
        PictureReader reader = new PictureReader(file);
        ImageCollector collector = null;
        for (Map.Entry<Split, List<Picture>> part : pictures.entrySet()) {
            for (Picture picture : part.getValue()) {
                reader.decode(picture.path());
                collector = collector(file, keeping, picture, reader, collector);
                int label = Objects.requireNonNull(labels.get(picture.label()));
                collector.add(part.getKey(), reader.planes(), label, picture.path());
            }
        }
        return Objects.requireNonNull(collector).finish(classes);
    }

    private static List<String> classes(DataFile file, Map<Split, List<Picture>> pictures) {
        TreeSet<String> names = new TreeSet<>();
        pictures.values().forEach(part -> part.forEach(picture -> names.add(picture.label())));
        if (names.size() > ImageCollector.MOST_CLASSES) {
            throw file.refused(
                    "",
                    "has images in " + names.size() + " directories, each of which is a class; there may be "
                            + ImageCollector.MOST_CLASSES);
        }
        return List.copyOf(names);
    }

    private static ImageCollector collector(
            DataFile file, Keeping keeping, Picture picture, PictureReader reader, @Nullable ImageCollector before) {
        int height = reader.height();
        int width = reader.width();
        return before == null
                ? new ImageCollector(file, keeping, picture.path(), reader.channels(), height, width)
                : before.same(picture.path(), reader.channels(), height, width);
    }

    /** The class is the directory of an image; what lies above it is a part's name, or means nothing. */
    private static Map<Split, List<Picture>> pictures(DataFile file) {
        Map<Split, List<Picture>> pictures = new EnumMap<>(Split.class);
        String first = null;
        for (String entry : file.entries()) {
            if (OTHER_PICTURE.test(entry)) {
                throw file.refused(entry, "is neither PNG nor JPEG; convert it to one of them");
            }
            if (!PICTURE.test(entry)) {
                continue;
            }
            String[] path = entry.split("/");
            first = first == null ? entry : first;
            if (path.length < 2 || path.length != first.split("/").length) {
                throw file.refused(
                        entry,
                        path.length < 2
                                ? "is in no directory that names its class; there should be " + LAYOUT
                                : "is not as deep as " + first + "; there should be " + LAYOUT);
            }
            String above = path.length > 2 ? path[path.length - 3] : "";
            Split part = Parts.isPart(above) ? Parts.of(above) : Split.TRAIN;
            pictures.computeIfAbsent(part, _ -> new ArrayList<>()).add(new Picture(entry, path[path.length - 2]));
        }
        if (!pictures.containsKey(Split.TRAIN)) {
            throw file.refused("", "has no images for training; there should be " + LAYOUT);
        }
        return pictures;
    }
}
