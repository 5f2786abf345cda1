package io.phyla.evaluators.program;

import io.phyla.evaluators.program.Place.Region;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What lies between two barriers: work on rows of the batch once, then all stages for one sample after the other. */
final class Phase {

    /** Steps on rows that are the same for all samples. */
    final List<RowStep> once = new ArrayList<>();

    /** Rows that are the same for all samples and that elements meet. */
    final List<Stage.Spread> spreads = new ArrayList<>();

    /** Stages by their time, while they are put together. */
    final Map<Integer, Draft> drafts = new TreeMap<>();

    private final List<Stage> stages = new ArrayList<>();

    /** A stage while it is put together. */
    static final class Draft {
        final List<RowStep> steps = new ArrayList<>();
        final Map<Value, Channels> sources = new LinkedHashMap<>();
        final List<Stage.Spread> spreads = new ArrayList<>();
        List<Instruction> code = List.of();
        Place sums = Place.fixed(Region.SCRATCH, 0);
        long sumBytes;
    }

    Draft at(int time) {
        return drafts.computeIfAbsent(time, _ -> new Draft());
    }

    /** Makes stages of the drafts. */
    void finish(Setting setting, Bases bases, Place staging) {
        drafts.values()
                .forEach(draft -> stages.add(new Stage(
                        setting,
                        bases,
                        draft.steps,
                        draft.spreads,
                        draft.sums,
                        draft.sumBytes,
                        new Code(draft.code),
                        staging)));
    }

    void bind(Bases bases) {
        for (RowStep step : once) {
            if (step instanceof RowSteps.Elementwise elementwise) {
                elementwise.code().bind(bases);
            }
        }
        stages.forEach(Stage::bind);
    }

    void run(Setting setting, Bases bases) {
        for (int i = 0; i < once.size(); i++) {
            once.get(i).sample(0);
        }
        for (int i = 0; i < spreads.size(); i++) {
            Stage.Spread spread = spreads.get(i);
            Kernels.kSpread(
                    bases.at(spread.tile(), 0), bases.at(spread.row(), 0), setting.rowBytes(), setting.tileBytes());
        }
        for (int i = 0; i < stages.size(); i++) {
            stages.get(i).begin();
        }
        for (int sample = 0; sample < setting.batch(); sample++) {
            for (int i = 0; i < stages.size(); i++) {
                stages.get(i).sample(sample);
            }
        }
        for (int i = 0; i < stages.size(); i++) {
            stages.get(i).end();
        }
    }
}
