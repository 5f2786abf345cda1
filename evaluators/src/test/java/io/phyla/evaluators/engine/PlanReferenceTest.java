package io.phyla.evaluators.engine;

import io.phyla.evaluators.engine.Execution.Mode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The compiled plan of whole networks against plain loops over doubles, see {@link Comparison}. */
class PlanReferenceTest {

    @Property(tries = 300)
    void agreesInTraining(@ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int batch) {
        Comparison.run(RandomNetworks.of(seed), batch, Mode.TRAINING, seed, 1);
    }

    @Property(tries = 200)
    void agreesInFrozen(@ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int batch) {
        Comparison.freeze(RandomNetworks.of(seed), batch, seed, 1);
    }

    @Property(tries = 200)
    void agreesInFlow(@ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int batch) {
        Comparison.run(RandomNetworks.of(seed), batch, Mode.FLOW, seed, 1);
    }

    @Property(tries = 150)
    void agreesInInference(@ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int batch) {
        Comparison.infer(RandomNetworks.of(seed), batch, seed, 1);
    }
}
