package io.phyla.evaluators.data.stream;

import io.phyla.evaluators.data.Dataset;
import io.phyla.evaluators.data.Moments;
import java.util.Collections;

/**
 * Images whose every pixel says whose it is and where: a label is the image's index, a pixel {@code (7 i + 5 channel + 3 y + x)
 * mod 256}. Normalised by nothing, so that batches hold the bytes themselves.
 */
record Numbered(int images, int channels, int size) implements Dataset {

    @Override
    public String name() {
        return "numbered";
    }

    @Override
    public int classes() {
        return images;
    }

    @Override
    public int count(Split split) {
        return split == Split.TRAIN ? images : images / 2;
    }

    static int value(int image, int channel, int y, int x) {
        return 7 * image + 5 * channel + 3 * y + x & 0xff;
    }

    @Override
    public int read(Split split, int index, byte[] target, int offset) {
        for (int at = 0; at < channels * size * size; at++) {
            int channel = at / (size * size);
            target[offset + at] = (byte) value(index, channel, at / size % size, at % size);
        }
        return index;
    }

    @Override
    public Moments moments() {
        return new Moments(Collections.nCopies(channels, 0.0), Collections.nCopies(channels, 1.0));
    }

    @Override
    public String sha256() {
        return "numbered";
    }
}
