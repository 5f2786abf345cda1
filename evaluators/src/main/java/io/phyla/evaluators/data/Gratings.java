package io.phyla.evaluators.data;

import io.phyla.evaluators.engine.SplitMix;
import java.util.List;

/**
 * The quick one of the data sets that are always there: eight directions of stripes drawn by {@link GratingPainter}, 3x16x16,
 * generated from a seed. A small network learns most of it in a hundred steps, where glyphs take thousands, and a
 * linear model little: made for judging layers by what few steps come to.
 */
public final class Gratings implements Dataset {

    /** Its name in documents. */
    public static final String NAME = "gratings";

    private static final long SEED = 20_261_127;
    private static final int IMAGE = GratingPainter.CHANNELS * GratingPainter.SIZE * GratingPainter.SIZE;
    private static final Gratings INSTANCE = new Gratings();

    /** Known beforehand, or a worker that needs one batch would have to draw all images. */
    private static final Moments MOMENTS = new Moments(
            List.of(128.12442431640625, 128.2302021484375, 127.0848623046875),
            List.of(49.21167892197904, 49.32434022083672, 49.19181431157264));

    private final DrawnImages images = new DrawnImages(IMAGE);

    private Gratings() {}

    /** The one and only. */
    public static Gratings instance() {
        return INSTANCE;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int classes() {
        return GratingPainter.DIRECTIONS;
    }

    @Override
    public int channels() {
        return GratingPainter.CHANNELS;
    }

    @Override
    public int size() {
        return GratingPainter.SIZE;
    }

    @Override
    public int count(Split split) {
        return DrawnImages.count(split);
    }

    @Override
    public int read(Split split, int index, byte[] target, int offset) {
        SplitMix random = new SplitMix(SplitMix.number(SEED + split.ordinal(), index));
        int label = random.nextInt(classes());
        images.read(split, index, target, offset, image -> GratingPainter.paint(label, random, image, 0));
        return label;
    }

    @Override
    public Moments moments() {
        return MOMENTS;
    }

    @Override
    public String sha256() {
        return Digests.of(this);
    }
}
