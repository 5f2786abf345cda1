package io.phyla.evaluators.data;

import io.phyla.evaluators.data.DataFormat.Keeping;
import io.phyla.evaluators.data.Dataset.Split;
import io.phyla.evaluators.engine.SplitMix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Gathers a data set's images as a format reads them and holds them to what all data sets are: square, alike in size, of at
 * least two classes, and not too many for memory. Parts come one after the other: training, validation, testing.
 */
public final class ImageCollector {

    /** Most bytes of pixels: what a worker's heap of 512 MiB holds for sure. */
    static final long MOST_BYTES = 256L << 20;

    /** However small they are: each has a label and a place. */
    private static final long MOST_IMAGES = 4L << 20;

    private static final int MOST_SIZE = 1024;
    private static final int MOST_CHANNELS = 4;
    /** Labels are below this. */
    public static final int MOST_CLASSES = 65_536;

    private static final int LEAST_IMAGES = 10;
    private static final int CHUNK = 1 << 24;
    private static final long ORDER = 20_260_102;

    private final DataFile file;
    private final Keeping keeping;
    private final int channels;
    private final int size;
    private final int image;
    private final int perChunk;
    private final int[] counts = new int[Split.values().length];
    private final List<byte[]> chunks = new ArrayList<>();
    private int[] labels = new int[1024];
    private int count;
    private int classes;

    /**
     * A collection of images of one size.
     *
     * @param where the entry that says so
     * @throws InvalidDataException if they are not square, or too large
     */
    public ImageCollector(DataFile file, Keeping keeping, String where, int channels, int height, int width) {
        if (height != width) {
            throw file.refused(
                    where,
                    "has images of " + height + " x " + width
                            + " pixels; images have to be square: crop or pad them to one height and width");
        }
        if (height < 1 || height > MOST_SIZE || channels < 1 || channels > MOST_CHANNELS) {
            throw file.refused(
                    where,
                    "has images of " + channels + "x" + height + "x" + width + "; there may be 1 to " + MOST_CHANNELS
                            + " channels and 1 to " + MOST_SIZE + " pixels in a row");
        }
        this.file = file;
        this.keeping = keeping;
        this.channels = channels;
        this.size = height;
        this.image = channels * height * width;
        this.perChunk = Math.max(1, CHUNK / image);
    }

    /** Bytes of one image. */
    public int image() {
        return image;
    }

    /**
     * Itself, for another part of the data set.
     *
     * @throws InvalidDataException if that part's images are of another size
     */
    public ImageCollector same(String where, int channels, int height, int width) {
        if (channels != this.channels || height != size || width != size) {
            throw file.refused(
                    where,
                    "has images of " + channels + "x" + height + "x" + width + ", those before it of " + this.channels
                            + "x" + size + "x" + size + "; all have to be alike");
        }
        return this;
    }

    /**
     * Checks what headers announce before anything is read.
     *
     * @throws InvalidDataException if there are not as many labels as images, or more than memory may hold
     */
    public void expect(String images, long count, String labels, long labelCount) {
        if (count != labelCount) {
            throw file.refused(
                    images,
                    "has " + count + " images and " + labels + " has " + labelCount + " labels; they belong together");
        }
        checkRoom(images, count);
    }

    private void checkRoom(String where, long more) {
        long most = Math.min(MOST_IMAGES, MOST_BYTES / image);
        if (more > most - count) {
            throw file.refused(
                    where,
                    "brings more than the " + most + " images of " + channels + "x" + size + "x" + size
                            + " that a worker can hold (" + (MOST_BYTES >> 20) + " MiB)");
        }
    }

    /**
     * Takes a copy of the next image.
     *
     * @param pixels C,H,W
     * @param where names it
     * @throws InvalidDataException if the label is none or there are too many images
     */
    public void add(Split part, byte[] pixels, long label, String where) {
        if (label < 0 || label >= MOST_CLASSES) {
            throw file.refused(where, "has the label " + label + "; labels are 0 to " + (MOST_CLASSES - 1));
        }
        if (Arrays.stream(counts, part.ordinal() + 1, counts.length).sum() > 0) {
            throw new IllegalStateException("images for " + part + " come late");
        }
        checkRoom(where, 1);
        if (count == labels.length) {
            labels = Arrays.copyOf(labels, count * 2);
        }
        if (keeping == Keeping.IMAGES) {
            keep(pixels);
        }
        labels[count] = (int) label;
        classes = Math.max(classes, (int) label + 1);
        counts[part.ordinal()]++;
        count++;
    }

    private void keep(byte[] pixels) {
        int at = count % perChunk;
        if (at == 0) {
            chunks.add(new byte[perChunk * image]);
        }
        System.arraycopy(pixels, 0, chunks.getLast(), at * image, image);
    }

    /**
     * The data set of what was gathered.
     *
     * @param classNames empty if unknown; labels without an image count as classes if they have a name
     * @throws InvalidDataException if that is too little
     */
    public Dataset finish(List<String> classNames) {
        int all = Math.max(classes, classNames.size());
        int training = counts[Split.TRAIN.ordinal()];
        if (training < LEAST_IMAGES || all < 2) {
            throw file.refused(
                    "",
                    "has " + training + " training images of " + all + " classes; there have to be at least "
                            + LEAST_IMAGES + " of two, so that each split gets some");
        }
        int validation = counts[Split.VALIDATION.ordinal()];
        int test = counts[Split.TEST.ordinal()];
        Splits splits = test > 0 ? Splits.of(training, validation, test) : Splits.of(training, 0, validation);
        return new StoredImages(
                file, channels, size, all, classNames, splits, chunks, Arrays.copyOf(labels, count), order(training));
    }

    private int[] order(int training) {
        int[] order = new int[count];
        Arrays.setAll(order, i -> i);
        SplitMix random = new SplitMix(ORDER);
        for (int i = training - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swap = order[i];
            order[i] = order[j];
            order[j] = swap;
        }
        return order;
    }
}
