package io.phyla.evaluators.data;

import io.phyla.evaluators.engine.SplitMix;
import java.util.List;

/**
 * The data set that is always there: twelve characters drawn by {@link GlyphPainter}, 3x32x32, generated from a seed.
 * Image i of a split depends on the seed, the split and i alone, and is drawn when it is first read.
 */
public final class Glyphs implements Dataset {

    /** Its name in documents. */
    public static final String NAME = "glyphs";

    private static final long SEED = 20_260_101;
    private static final int IMAGE = GlyphPainter.CHANNELS * GlyphPainter.SIZE * GlyphPainter.SIZE;
    private static final Glyphs INSTANCE = new Glyphs();

    /** Known beforehand, or a worker that needs one batch would have to draw all images. */
    private static final Moments MOMENTS = new Moments(
            List.of(127.6728115234375, 128.72668981933595, 128.23963928222656),
            List.of(62.02089558531632, 61.55262078811886, 61.652610595211975));

    private final DrawnImages images = new DrawnImages(IMAGE);

    private Glyphs() {}

    /** The one and only. */
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
    public List<String> classNames() {
        return Strokes.NAMES;
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
        return DrawnImages.count(split);
    }

    @Override
    public int read(Split split, int index, byte[] target, int offset) {
        SplitMix random = random(split, index);
        int label = random.nextInt(classes());
        images.read(split, index, target, offset, image -> GlyphPainter.paint(label, random, image, 0));
        return label;
    }

    /** One stream per image; seeds go through the generator once, for those of neighbours would share numbers. */
    private static SplitMix random(Split split, int index) {
        return new SplitMix(new SplitMix(SEED + ((long) split.ordinal() << 32) + index).nextLong());
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
