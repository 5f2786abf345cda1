package io.phyla.evaluators.data.format;

import io.phyla.evaluators.data.DataFile;

/**
 * How an array of images is laid out: N,H,W, or N,H,W,C, or N,C,H,W. Of the latter two it is the one that makes the images
 * square, and N,H,W,C where both or neither do.
 */
record NumpyLayout(int channels, int height, int width, boolean channelsLast) {

    private static final int MOST_CHANNELS = 4;

    static NumpyLayout of(DataFile file, Npy images) {
        long[] shape = images.shape();
        if (shape.length == 3) {
            return new NumpyLayout(1, (int) shape[1], (int) shape[2], false);
        }
        boolean last = shape.length == 4 && shape[3] <= MOST_CHANNELS;
        boolean first = shape.length == 4 && shape[1] <= MOST_CHANNELS;
        if (last && !(first && shape[2] == shape[3] && shape[1] != shape[2])) {
            return new NumpyLayout((int) shape[3], (int) shape[1], (int) shape[2], true);
        }
        if (first) {
            return new NumpyLayout((int) shape[1], (int) shape[2], (int) shape[3], false);
        }
        throw file.refused(
                images.entry(),
                "has the shape " + images.shapeText()
                        + "; images are (number, height, width), (number, height, width, channels) or"
                        + " (number, channels, height, width) with at most " + MOST_CHANNELS + " channels");
    }

    /** Where the value at a place of C,H,W is stored. */
    int stored(int channel, int pixel) {
        return channelsLast ? pixel * channels + channel : channel * height * width + pixel;
    }
}
