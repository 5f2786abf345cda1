package io.phyla.evaluators.data;

import io.phyla.evaluators.data.Dataset.Split;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** The images of a data set that is always there: each is drawn when it is first read, and kept. */
final class DrawnImages {

    private final int bytes;
    private final Map<Split, AtomicReferenceArray<byte[]>> drawn = new EnumMap<>(Split.class);

    /** @param bytes of one image */
    DrawnImages(int bytes) {
        this.bytes = bytes;
        for (Split split : Split.values()) {
            drawn.put(split, new AtomicReferenceArray<>(count(split)));
        }
    }

    /** Draws one image into zeros. */
    interface Painter {
        void paint(byte[] image);
    }

    static int count(Split split) {
        return switch (split) {
            case TRAIN -> 8000;
            case VALIDATION -> 1000;
            case TEST -> 2000;
        };
    }

    /** Copies an image, drawn by the painter unless it was before. */
    void read(Split split, int index, byte[] target, int offset, Painter painter) {
        AtomicReferenceArray<byte[]> images = Objects.requireNonNull(drawn.get(split));
        byte[] image = images.get(index);
        if (image == null) {
            image = new byte[bytes];
            painter.paint(image);
            images.set(index, image);
        }
        System.arraycopy(image, 0, target, offset, bytes);
    }
}
