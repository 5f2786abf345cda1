package io.phyla.evaluators.anchor;

import io.phyla.spaces.Decision;
import io.phyla.spaces.DecisionTree;
import io.phyla.spaces.Genome;
import io.phyla.spaces.SearchSpace;
import io.phyla.spaces.design.Design;
import io.phyla.spaces.design.LayerProgram;
import java.util.List;
import java.util.Map;

/** Layers by name, one decision: which. */
record LayerSpace(Map<String, LayerProgram> layers) implements SearchSpace {

    /** Nothing is fixed. */
    record Nothing() {}

    @Override
    public String name() {
        return "layers";
    }

    @Override
    public Record parameters() {
        return new Nothing();
    }

    @Override
    public List<Decision> decisions() {
        return List.of(Decision.among("layer", names()));
    }

    private List<String> names() {
        return layers.keySet().stream().sorted().toList();
    }

    Genome genome(String name) {
        return Genome.of(new int[] {names().indexOf(name)});
    }

    @Override
    public Design decode(Genome genome) {
        LayerProgram layer = layers.get(names().get(genome.option(0)));
        if (layer == null) {
            throw new IllegalArgumentException("no such layer");
        }
        return layer;
    }

    @Override
    public DecisionTree tree() {
        return new DecisionTree(decisions());
    }
}
