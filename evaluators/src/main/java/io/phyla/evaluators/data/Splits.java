package io.phyla.evaluators.data;

import io.phyla.evaluators.data.Dataset.Split;

/** Where each split begins among images that are stored one behind the other: training, validation, testing. */
record Splits(int validation, int test, int end) {

    /**
     * What a source does not hold out itself is taken from its training images: of a hundred the last ten for testing and
     * the ten before for validation, or the last ten for validation where there is a test part.
     *
     * @param validation images of a validation part, 0 if there is none or no test part
     */
    static Splits of(int training, int validation, int test) {
        int end = Math.addExact(Math.addExact(training, validation), test);
        if (test == 0) {
            return new Splits((int) (training * 8L / 10), (int) (training * 9L / 10), end);
        }
        return new Splits(validation > 0 ? training : (int) (training * 9L / 10), training + validation, end);
    }

    int start(Split split) {
        return switch (split) {
            case TRAIN -> 0;
            case VALIDATION -> validation;
            case TEST -> test;
        };
    }

    int count(Split split) {
        return switch (split) {
            case TRAIN -> validation;
            case VALIDATION -> test - validation;
            case TEST -> end - test;
        };
    }

    /** Where an image is stored. */
    int place(Dataset data, Split split, int index) {
        if (index < 0 || index >= count(split)) {
            throw new IndexOutOfBoundsException(
                    data.name() + " has " + count(split) + " images in " + split + ", not " + index);
        }
        return start(split) + index;
    }
}
