package io.phyla.evaluators.data.stream;

import io.phyla.spaces.design.Shape;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** A batch that its {@link BatchStream} lends: it holds until the next one is asked for. */
public final class ImageBatch {

    private final Shape shape;
    private final MemorySegment images;
    private final int[] labels;
    private final int[] secondLabels;
    private final float[] weights;
    private int count;
    private long number;

    ImageBatch(int size, Shape shape, MemorySegment images) {
        this.shape = shape;
        this.images = images;
        this.labels = new int[size];
        this.secondLabels = new int[size];
        this.weights = new float[size];
    }

    /** Of one image. */
    public Shape shape() {
        return shape;
    }

    /** float32, N,H,W,C, each channel normalised to the training split's mean 0 and deviation 1. */
    public MemorySegment images() {
        return images;
    }

    /** One per image; do not write to it. */
    public int[] labels() {
        return labels;
    }

    /** With mixup the label of what each image is blended with, without it the same as {@link #labels()}. */
    public int[] secondLabels() {
        return secondLabels;
    }

    /** The part of the first label in each image's target, 1 without mixup; the second label has the rest. */
    public float[] weights() {
        return weights;
    }

    /** Images that are there; behind them, in the last batch of an evaluation, come zeros with label 0 and weight 0. */
    public int count() {
        return count;
    }

    /** The batch's number in the stream: the training step, from 0. */
    public long number() {
        return number;
    }

    int size() {
        return labels.length;
    }

    MemorySegment image(int i) {
        long bytes = shape.elements() * Float.BYTES;
        return images.asSlice(i * bytes, bytes);
    }

    void begin(long number) {
        this.number = number;
        this.count = 0;
    }

    void add(int label, int secondLabel, float weight) {
        labels[count] = label;
        secondLabels[count] = secondLabel;
        weights[count] = weight;
        count++;
    }

    /** Nothing of an earlier batch stays behind the images. */
    void pad() {
        long bytes = shape.elements() * Float.BYTES;
        images.asSlice(count * bytes).fill((byte) 0);
        Arrays.fill(labels, count, labels.length, 0);
        Arrays.fill(secondLabels, count, labels.length, 0);
        Arrays.fill(weights, count, labels.length, 0);
    }
}
