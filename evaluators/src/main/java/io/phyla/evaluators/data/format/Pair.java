package io.phyla.evaluators.data.format;

import io.phyla.evaluators.data.DataFile;
import io.phyla.evaluators.data.Dataset.Split;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Entries of an archive that hold the images and the labels of one part. */
record Pair(String images, String labels) {

    /**
     * Finds every pair; one that stands alone is for training, whatever it is called.
     *
     * @param images whether an entry's last name says that it holds images
     * @param layout what there should be, for people
     * @throws io.phyla.evaluators.data.InvalidDataException if something is missing or there twice
     */
    static Map<Split, Pair> find(DataFile file, Predicate<String> images, Predicate<String> labels, String layout) {
        Map<Split, String> imagesOf = entries(file, images);
        Map<Split, String> labelsOf = entries(file, labels);
        Map<Split, Pair> pairs = new EnumMap<>(Split.class);
        for (Split part : Split.values()) {
            String first = imagesOf.get(part);
            String second = labelsOf.get(part);
            if (first != null && second != null) {
                pairs.put(part, new Pair(first, second));
            } else if (first != null || second != null) {
                throw lonely(file, first, second, layout);
            }
        }
        if (pairs.isEmpty()) {
            throw file.refused("", "has no images; there should be " + layout);
        }
        if (pairs.size() == 1) {
            return Map.of(Split.TRAIN, pairs.values().iterator().next());
        }
        if (!pairs.containsKey(Split.TRAIN)) {
            throw file.refused(
                    "", "has images for validation and testing and none for training; there should be " + layout);
        }
        return pairs;
    }

    private static RuntimeException lonely(
            DataFile file, @Nullable String images, @Nullable String labels, String layout) {
        return images == null
                ? file.refused(String.valueOf(labels), "has no images beside it; there should be " + layout)
                : file.refused(images, "has no labels beside it; there should be " + layout);
    }

    private static Map<Split, String> entries(DataFile file, Predicate<String> wanted) {
        Map<Split, String> found = new EnumMap<>(Split.class);
        for (String entry : file.entries()) {
            String name = DataFile.last(entry);
            if (wanted.test(name)) {
                String other = found.put(Parts.of(name), entry);
                if (other != null) {
                    throw file.refused(
                            entry, "stands beside " + other + " for the same part; register one data set at a time");
                }
            }
        }
        return found;
    }
}
