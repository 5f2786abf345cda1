package io.phyla.evaluators.engine;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.phyla.evaluators.engine.Execution.Mode;
import io.phyla.spaces.design.Network;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The compiled plan against plain loops over doubles: every value, every sign, every gradient. */
class PlanReferenceTest {

    @Property(tries = 200)
    void agreesInTraining(@ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int batch) {
        PlanComparison.compare(RandomNetworks.of(seed), batch, Mode.TRAINING, seed);
    }

    @Property(tries = 150)
    void agreesInFlow(@ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int batch) {
        PlanComparison.compare(RandomNetworks.of(seed), batch, Mode.FLOW, seed);
    }

    /** Moving statistics enter first, for those a plan starts with would hide most mistakes. */
    @Property(tries = 100)
    void agreesInInference(@ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int batch) {
        Network network = RandomNetworks.of(seed);
        try (Plan plan = Plan.compile(network, batch, 1L << 30);
                ReferenceExecution reference = new ReferenceExecution(network, batch)) {
            PlanComparison.load(plan, reference, new SplittableRandom(seed));
            for (Execution execution : List.of(plan, reference)) {
                execution.forward(Mode.TRAINING);
                execution.track(0.3);
                execution.track();
            }
            for (Parameter statistic : plan.statistics()) {
                PlanComparison.close("statistic", plan.read(statistic), reference.read(statistic), 1e-6);
            }
            reference.forward(Mode.INFERENCE);
            plan.forward(Mode.INFERENCE);
            PlanComparison.compareValues(plan, reference, Mode.INFERENCE);
            assertThatIllegalStateException()
                    .isThrownBy(() -> plan.backward(plan.output(), true))
                    .withMessageContaining("INFERENCE");
        }
    }
}
