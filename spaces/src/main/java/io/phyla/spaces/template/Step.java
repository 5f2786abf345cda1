package io.phyla.spaces.template;

import io.phyla.spaces.design.Layer;
import java.util.List;

/** One instruction for building networks; all repetitions, blocks and alternatives are written out. */
sealed interface Step {

    /** What the step before left. */
    int TOP = -1;

    Flow flow();

    /**
     * Where a step begins and what keeps its result.
     *
     * @param from a slot, or {@link #TOP}
     * @param to a slot, or {@link #TOP} if nobody refers to the result
     */
    record Flow(int from, int to) {
        static final Flow STRAIGHT = new Flow(TOP, TOP);
    }

    /** Adds a layer; with {@code inputs}, these slots are what it takes. */
    record AddLayer(
            Flow flow, String name, String pointer, LayerForm form, List<Argument> arguments, List<Integer> inputs)
            implements Step {}

    /** Adds a layer of a model. */
    record AddReady(Flow flow, String name, String pointer, Layer layer, List<Integer> inputs) implements Step {}

    /** Steps one after the other; what enters them is kept in a slot. */
    record Run(Flow flow, int entry, List<Step> steps) implements Step {}

    /** Takes the step of the decision's option. */
    record Select(Flow flow, int decision, List<Step> alternatives) implements Step {}

    /** Takes the step only under some options of a decision. */
    record Guarded(Flow flow, int decision, List<Boolean> holds, Step step) implements Step {}

    /** Takes so many of the steps as the decision's option says. */
    record Repeat(Flow flow, int decision, List<Integer> counts, List<Step> repetitions) implements Step {}

    /** Adds what enters to what leaves. */
    record AddShortcut(Flow flow, String name, String pointer, boolean project, Step body) implements Step {}
}
