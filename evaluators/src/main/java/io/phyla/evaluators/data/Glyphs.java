package io.phyla.evaluators.data;

import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The data set that is always there: twelve characters drawn by {@link GlyphPainter}, 3x32x32, generated from a seed.
 * Image i of a split depends on the seed, the split and i alone.
 */
public final class Glyphs implements Dataset {

    /** Its name in documents. */
    public static final String NAME = "glyphs";

    private static final long SEED = 20_260_101;
    private static final int IMAGE = GlyphPainter.CHANNELS * GlyphPainter.SIZE * GlyphPainter.SIZE;
    private static final Glyphs INSTANCE = new Glyphs();

    private final Map<Split, Images> splits = new EnumMap<>(Split.class);

    private record Images(int[] labels, byte[] pixels) {}

    private Glyphs() {}

    /** The one and only; splits are drawn when they are first read. */
    public static Glyphs instance() {
        return INSTANCE;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int classes() {
        return Strokes.CHARACTERS.size();
    }

    @Override
    public int channels() {
        return GlyphPainter.CHANNELS;
    }

    @Override
    public int size() {
        return GlyphPainter.SIZE;
    }

    @Override
    public int count(Split split) {
        return switch (split) {
            case TRAIN -> 8000;
            case VALIDATION -> 1000;
            case TEST -> 2000;
        };
    }

    @Override
    public int read(Split split, int index, byte[] target, int offset) {
        Images images = images(split);
        System.arraycopy(images.pixels(), index * IMAGE, target, offset, IMAGE);
        return images.labels()[index];
    }

    private synchronized Images images(Split split) {
        return splits.computeIfAbsent(split, this::draw);
    }

    private Images draw(Split split) {
        int count = count(split);
        Images images = new Images(new int[count], new byte[count * IMAGE]);
        SplittableRandom seeds = new SplittableRandom(SEED + split.ordinal());
        for (int i = 0; i < count; i++) {
            SplittableRandom random = seeds.split();
            images.labels()[i] = random.nextInt(classes());
            GlyphPainter.paint(images.labels()[i], random, images.pixels(), i * IMAGE);
        }
        return images;
    }

    @Override
    public String sha256() {
        return Digests.of(this);
    }
}
