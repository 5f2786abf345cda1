package io.phyla.evaluators.proxy;

import io.phyla.evaluators.data.Batch;
import io.phyla.evaluators.data.Resolution;
import java.util.List;

/** What the proxies of all candidates are computed on. Keeps one scaling, for the networks of a search are of one size. */
final class ProxyInputs {

    private final Batch first;
    private final Batch second;
    private final List<float[]> crops;
    private final int ntkBatch;
    private final int zenRepeats;
    private Batch scaledFirst;
    private Batch scaledSecond;

    /**
     * @param first the images of every run but those named below, in the data set's own resolution
     * @param second as many others, for proxies that compare the gradients of two batches
     * @param crops batches as {@link Crops} draws them; none where nobody asks for linear regions
     * @param ntkBatch images of the first batch that the neural tangent kernel is taken of
     * @param zenRepeats draws of weights and images whose zen scores are averaged
     */
    ProxyInputs(Batch first, Batch second, List<float[]> crops, int ntkBatch, int zenRepeats) {
        this.first = first;
        this.second = second;
        this.crops = List.copyOf(crops);
        this.ntkBatch = Math.min(ntkBatch, first.count());
        this.zenRepeats = zenRepeats;
        this.scaledFirst = first;
        this.scaledSecond = second;
    }

    int count() {
        return first.count();
    }

    int channels() {
        return first.channels();
    }

    /** Height and width of the images as they are. */
    int size() {
        return first.size();
    }

    /** Classes of the first images. */
    int[] labels() {
        return first.labels();
    }

    /** The first images at a network's resolution. */
    Batch first(int size) {
        if (scaledFirst.size() != size) {
            scaledFirst = Resolution.scale(first, size);
        }
        return scaledFirst;
    }

    /** The second images at a network's resolution. */
    Batch second(int size) {
        if (scaledSecond.size() != size) {
            scaledSecond = Resolution.scale(second, size);
        }
        return scaledSecond;
    }

    List<float[]> crops() {
        return crops;
    }

    int ntkBatch() {
        return ntkBatch;
    }

    int zenRepeats() {
        return zenRepeats;
    }
}
