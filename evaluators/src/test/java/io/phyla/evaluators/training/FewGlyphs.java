package io.phyla.evaluators.training;

import io.phyla.evaluators.data.Dataset;
import io.phyla.evaluators.data.Glyphs;
import io.phyla.evaluators.data.Moments;

/** The first glyphs of each split: epochs of a moment. */
record FewGlyphs(int training, int validation) implements Dataset {

    @Override
    public String name() {
        return "few glyphs";
    }

    @Override
    public int classes() {
        return Glyphs.instance().classes();
    }

    @Override
    public int channels() {
        return Glyphs.instance().channels();
    }

    @Override
    public int size() {
        return Glyphs.instance().size();
    }

    @Override
    public int count(Split split) {
        return split == Split.TRAIN ? training : validation;
    }

    @Override
    public int read(Split split, int index, byte[] target, int offset) {
        return Glyphs.instance().read(split, index, target, offset);
    }

    @Override
    public Moments moments() {
        return Glyphs.instance().moments();
    }

    @Override
    public String sha256() {
        return "%064x".formatted(training * 31L + validation);
    }
}
