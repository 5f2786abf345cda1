package io.phyla.evaluators.training.optimizer;

import io.phyla.evaluators.engine.Parameter;
import io.phyla.evaluators.engine.Plan;
import java.util.ArrayList;
import java.util.List;

/**
 * Neighbouring parameters that are treated alike. Bounds are bytes from the start of the plan's vectors, multiples of a cache
 * line, so that passes have no remainder.
 *
 * @param decayed whether weight decay applies
 */
record Stretch(long from, long to, boolean decayed) {

    /**
     * Divides a plan's vector.
     *
     * @param decayEverything also biases and normalisation's scale and shift, which shrinking harms more than it regularises
     *     (He et al., "Bag of Tricks", CVPR 2019)
     */
    static List<Stretch> of(Plan plan, boolean decayEverything) {
        long end = plan.parametersSegment().byteSize();
        List<Stretch> stretches = new ArrayList<>();
        for (Parameter parameter : plan.parameters()) {
            long from = plan.offset(parameter);
            boolean decayed = decayEverything || parameter.role() == Parameter.Role.WEIGHT;
            if (stretches.isEmpty()) {
                stretches.add(new Stretch(from, end, decayed));
            } else if (stretches.getLast().decayed() != decayed) {
                stretches.set(
                        stretches.size() - 1,
                        new Stretch(stretches.getLast().from(), from, !decayed));
                stretches.add(new Stretch(from, end, decayed));
            }
        }
        return List.copyOf(stretches);
    }
}
