package io.phyla.spaces.template;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One entry of a sequence. */
sealed interface Item {

    Head head();

    /** What it is called if it has no name. */
    String kind();

    /**
     * What every item can have.
     *
     * @param inputs names of earlier items; null for the item before
     */
    record Head(
            String pointer,
            @Nullable String name,
            @Nullable Guard when,
            @Nullable List<String> inputs) {}

    /**
     * The condition under which an item exists; without it its input passes through.
     *
     * @param options the names of the options under which it holds, or does not
     */
    record Guard(String pointer, Value subject, Set<String> options, boolean negated) {}

    /** A layer of the engine; values in the order of the form's members. */
    record OfLayer(Head head, LayerForm form, List<Value> values) implements Item {
        @Override
        public String kind() {
            return form.op();
        }
    }

    /** The use of a block. */
    record OfBlock(Head head, String block, Map<String, Value> arguments) implements Item {
        @Override
        public String kind() {
            return block;
        }
    }

    /**
     * One of several items.
     *
     * @param by what decides; null for a decision made here
     */
    record OfChoice(
            Head head,
            List<Item> alternatives,
            @Nullable Value by,
            @Nullable String unit) implements Item {
        @Override
        public String kind() {
            return "choice";
        }
    }

    /** Its layers so many times, each repetition with decisions of its own. */
    record OfRepeat(Head head, Value count, List<Item> layers) implements Item {
        @Override
        public String kind() {
            return "repeat";
        }
    }

    /** Items under one name. */
    record OfSequence(Head head, List<Item> layers) implements Item {
        @Override
        public String kind() {
            return "layers";
        }
    }

    /**
     * Its layers with their input added.
     *
     * @param project whether a 1x1 convolution fits the input where shapes differ; else it is only added where they do not
     */
    record OfResidual(Head head, List<Item> layers, boolean project) implements Item {
        @Override
        public String kind() {
            return "residual";
        }
    }

    /** Layers of a network that was uploaded. */
    record OfModel(Head head, String id, ModelCut cut, List<Replacement> replacements) implements Item {
        @Override
        public String kind() {
            return "model";
        }
    }

    /** In a replacement: the layer that is replaced. */
    record OfOriginal(Head head) implements Item {
        @Override
        public String kind() {
            return "original";
        }
    }

    /** What takes the place of layers of a model: of those named, in order of the model. */
    record Replacement(String pointer, Set<String> layers, List<Item> with) {}
}
