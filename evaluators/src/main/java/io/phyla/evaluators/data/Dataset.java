package io.phyla.evaluators.data;

import java.util.List;

/** Labelled images in three fixed splits. Implementations are immutable and may be shared. */
public interface Dataset {

    String name();

    int classes();

    /** What the classes are called, in the order of labels; empty if nothing says so. */
    default List<String> classNames() {
        return List.of();
    }

    int channels();

    /** Height and width in pixels. */
    int size();

    int count(Split split);

    /**
     * Writes one image as C,H,W bytes (0 to 255) and returns its label.
     *
     * @param target at least channels * size * size bytes from the offset on
     */
    int read(Split split, int index, byte[] target, int offset);

    /** What its images are normalised by. */
    default Moments moments() {
        return Moments.of(this);
    }

    /** SHA-256 of all splits' labels and pixels in order, hexadecimal: part of every result's provenance. */
    String sha256();

    /** What the images are for. */
    enum Split {
        TRAIN,
        VALIDATION,
        TEST
    }
}
