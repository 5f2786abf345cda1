package io.phyla.spaces.design;

/** Logical C,H,W of one sample; a feature vector is C,1,1. */
public record Shape(int channels, int height, int width) {

    public Shape {
        if (channels < 1 || height < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "a shape needs positive C,H,W, not " + channels + "," + height + "," + width);
        }
        if ((long) channels * height > Long.MAX_VALUE / width) {
            throw new IllegalArgumentException(
                    channels + "," + height + "," + width + " are more elements than can be counted");
        }
    }

    /** Elements of one sample. */
    public long elements() {
        return (long) channels * height * width;
    }

    @Override
    public String toString() {
        return channels + "x" + height + "x" + width;
    }
}
