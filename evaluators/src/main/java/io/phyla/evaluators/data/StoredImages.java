package io.phyla.evaluators.data;

import java.util.List;

/**
 * A data set in memory. The images of its training part lie in a fixed random order, so that a source sorted by class gives
 * splits of all classes; a part that the source holds out stays as it is.
 */
final class StoredImages implements Dataset {

    private final String name;
    private final String sha256;
    private final int channels;
    private final int size;
    private final List<String> classNames;
    private final int classes;
    private final Splits splits;
    private final List<byte[]> chunks;
    private final int[] labels;
    private final int[] order;

    /**
     * Images as they were stored.
     *
     * @param chunks whole images, C,H,W, equally many in each chunk
     * @param order of the images in the chunks
     */
    StoredImages(
            DataFile file,
            int channels,
            int size,
            int classes,
            List<String> classNames,
            Splits splits,
            List<byte[]> chunks,
            int[] labels,
            int[] order) {
        this.name = file.name();
        this.sha256 = file.sha256();
        this.channels = channels;
        this.size = size;
        this.classes = classes;
        this.classNames = List.copyOf(classNames);
        this.splits = splits;
        this.chunks = List.copyOf(chunks);
        this.labels = labels;
        this.order = order;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int classes() {
        return classes;
    }

    @Override
    public List<String> classNames() {
        return classNames;
    }

    @Override
    public int channels() {
        return channels;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int count(Split split) {
        return splits.count(split);
    }

    @Override
    public int read(Split split, int index, byte[] target, int offset) {
        int place = order[splits.place(this, split, index)];
        int image = channels * size * size;
        int perChunk = chunks.getFirst().length / image;
        System.arraycopy(chunks.get(place / perChunk), place % perChunk * image, target, offset, image);
        return labels[place];
    }

    @Override
    public String sha256() {
        return sha256;
    }
}
