package io.phyla.evaluators.program;

import io.phyla.evaluators.program.Place.Region;
import java.util.List;

/** What is done at one time of the schedule for a sample: work on rows, then its tiles. */
final class Stage {

    private static final Region[] READ = {Region.INPUT, Region.GRADIENT};
    private static final Region[] WRITTEN = {Region.OUTPUT, Region.INPUT_GRADIENT};

    private final Setting setting;
    private final Bases bases;
    private final RowStep[] rows;
    private final Spread[] spreads;
    private final Place sums;
    private final long sumBytes;
    private final Code code;
    private final Place staging;

    /** A row that elements of this stage meet, and the tile it is spread over. */
    record Spread(Place row, Place tile) {}

    /**
     * @param sums what starts with zeros for each sample
     * @param staging a tile for each of {@link #READ} and {@link #WRITTEN}
     */
    Stage(
            Setting setting,
            Bases bases,
            List<RowStep> rows,
            List<Spread> spreads,
            Place sums,
            long sumBytes,
            Code code,
            Place staging) {
        this.setting = setting;
        this.bases = bases;
        this.rows = rows.toArray(RowStep[]::new);
        this.spreads = spreads.toArray(Spread[]::new);
        this.sums = sums;
        this.sumBytes = sumBytes;
        this.code = code;
        this.staging = staging;
    }

    void bind() {
        code.bind(bases);
        for (RowStep row : rows) {
            if (row instanceof RowSteps.Elementwise elementwise) {
                elementwise.code().bind(bases);
            }
        }
    }

    void begin() {
        for (RowStep row : rows) {
            row.begin();
        }
    }

    void end() {
        for (RowStep row : rows) {
            row.end();
        }
    }

    void sample(int sample) {
        for (RowStep row : rows) {
            row.sample(sample);
        }
        for (Spread spread : spreads) {
            Kernels.kSpread(
                    bases.at(spread.tile(), 0),
                    bases.at(spread.row(), sample),
                    setting.rowBytes(),
                    setting.tileBytes());
        }
        if (code.isEmpty()) {
            return;
        }
        Kernels.kZero(bases.at(sums, 0), sumBytes);
        long end = setting.sampleBytes();
        long all = end * setting.batch();
        for (long offset = 0; offset < end; offset += setting.tileBytes()) {
            long size = Math.min(setting.tileBytes(), end - offset);
            code.locate(sample, offset);
            if (end * sample + offset + Kernels.whole(size) > all) {
                staged(sample, offset, size);
            } else {
                code.run(setting, size, offset == 0);
            }
        }
    }

    /** The end of the tensors: kernels take whole vectors, which are longer than some samples, and what is behind belongs to others. */
    private void staged(int sample, long offset, long size) {
        for (int i = 0; i < READ.length; i++) {
            if (code.touches(READ[i])) {
                copy(stage(i), stream(READ[i], sample, offset), size);
                code.relocate(READ[i], stage(i));
            }
        }
        for (int i = 0; i < WRITTEN.length; i++) {
            code.relocate(WRITTEN[i], stage(READ.length + i));
        }
        code.run(setting, size, offset == 0);
        for (int i = 0; i < WRITTEN.length; i++) {
            if (code.touches(WRITTEN[i])) {
                copy(stream(WRITTEN[i], sample, offset), stage(READ.length + i), size);
            }
        }
    }

    private long stage(int number) {
        return bases.at(staging, 0) + number * setting.tileBytes();
    }

    private long stream(Region region, int sample, long offset) {
        return bases.at(new Place(region, offset, setting.sampleBytes(), true), sample);
    }

    private static void copy(long to, long from, long size) {
        for (long i = 0; i < size; i += Float.BYTES) {
            KernelSums.set(to + i, KernelSums.get(from + i));
        }
    }
}
