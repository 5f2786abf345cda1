package io.phyla.evaluators.data.format;

import io.phyla.evaluators.data.Dataset.Split;
import java.util.Locale;

/** Which part of a data set a name means, by the words people use. */
final class Parts {

    private Parts() {}

    /** Training unless a word of the name says otherwise. */
    static Split of(String name) {
        for (String word : name.toLowerCase(Locale.ROOT).split("[^a-z0-9]+")) {
            switch (word) {
                case "t10k", "test", "testing" -> {
                    return Split.TEST;
                }
                case "val", "valid", "validation" -> {
                    return Split.VALIDATION;
                }
                default -> {}
            }
        }
        return Split.TRAIN;
    }

    /** Whether a name is nothing but that of a part. */
    static boolean isPart(String name) {
        String word = name.toLowerCase(Locale.ROOT);
        return word.equals("train") || word.equals("training") || of(word) != Split.TRAIN && word.matches("[a-z0-9]+");
    }
}
