package io.phyla.evaluators.training.optimizer;

import io.phyla.evaluators.engine.NativeBlock;
import io.phyla.evaluators.engine.Plan;
import io.phyla.evaluators.training.optimizer.Rule.Step;
import io.phyla.evaluators.training.optimizer.Rule.Vectors;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** A {@link Rule} at work on the parameters of one plan. Closed before the plan is. */
public final class Optimizer implements AutoCloseable {

    private final Rule rule;
    private final double decay;
    private final List<Stretch> stretches;
    private final List<NativeBlock> memories = new ArrayList<>();
    private final Vectors vectors;
    private long steps;

    /**
     * Takes as much memory as {@link Rule#memories} times the parameters.
     *
     * @param decay weight decay, on weights alone unless it is to be on everything
     */
    public Optimizer(Rule rule, double decay, boolean decayEverything, Plan plan) {
        this.rule = rule;
        this.decay = decay;
        stretches = Stretch.of(plan, decayEverything);
        MemorySegment values = plan.parametersSegment();
        try {
            for (int i = 0; i < rule.memories(); i++) {
                memories.add(NativeBlock.take(values.byteSize()));
                memories.getLast().segment().fill((byte) 0);
            }
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
        vectors = new Vectors(values, plan.gradientsSegment(), memory(0), memory(1));
    }

    private MemorySegment memory(int index) {
        return index < memories.size() ? memories.get(index).segment() : MemorySegment.NULL;
    }

    /**
     * One step along the plan's gradients.
     *
     * @param factor on all gradients, such as {@link GradientNorm#factor}
     */
    public void step(double rate, double factor) {
        steps++;
        // One object for all stretches, outside the choice between decays: with an object per choice a rule was once
        // handed null; why is not known.
        Step step = new Step(steps, rate, (float) factor);
        for (int i = 0; i < stretches.size(); i++) {
            Stretch stretch = stretches.get(i);
            rule.update(vectors, stretch.from(), stretch.to(), step, stretch.decayed() ? decay : 0);
        }
    }

    /** What it remembers beside the number of steps, to be saved and restored. */
    public List<MemorySegment> memories() {
        return memories.stream().map(NativeBlock::segment).toList();
    }

    public long steps() {
        return steps;
    }

    /** Goes on from a saved number of steps; the {@link #memories} have to be restored as well. */
    public void resume(long done) {
        steps = done;
    }

    @Override
    public void close() {
        memories.forEach(NativeBlock::close);
    }
}
