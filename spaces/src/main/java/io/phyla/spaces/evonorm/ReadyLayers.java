package io.phyla.spaces.evonorm;

import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.schema.Nearest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Published layers by name, usable wherever a {@link LayerProgram} is. Scale and shift stand where their papers put them: behind
 * the EvoNorm layers, and as vectors {@code gain} and {@code offset} between normalisation and activation in the others.
 */
public final class ReadyLayers {

    private static final Map<String, ReadyLayer> LAYERS = layers();

    private static final Map<String, LayerProgram> PROGRAMS = programs();

    private ReadyLayers() {}

    private static Map<String, ReadyLayer> layers() {
        List<ReadyLayer> layers = new ArrayList<>(NormalizedLayers.all());
        layers.addAll(EvolvedLayers.all());
        layers.add(ActivationLayers.corrected());
        layers.add(NormalizedLayers.polynomial());
        layers.add(ActivationLayers.rational());
        layers.add(ActivationLayers.swish());
        layers.add(ActivationLayers.rationalSwish());
        Map<String, ReadyLayer> byName = new LinkedHashMap<>();
        layers.forEach(each -> byName.put(each.name(), each));
        return Collections.unmodifiableMap(byName);
    }

    private static Map<String, LayerProgram> programs() {
        Map<String, LayerProgram> programs = new LinkedHashMap<>();
        LAYERS.forEach((name, layer) -> programs.put(name, layer.published(0, layer.epsilon())));
        return Collections.unmodifiableMap(programs);
    }

    /** All of them in a fixed order, in 32 groups and with the epsilon they were published with. */
    public static Map<String, LayerProgram> all() {
        return PROGRAMS;
    }

    /** @throws IllegalArgumentException if none is called so */
    public static LayerProgram program(String name) {
        return program(name, 0, layer(name).epsilon());
    }

    /**
     * @param groupSize see {@link LayerProgram}
     * @throws IllegalArgumentException if none is called so
     */
    public static LayerProgram program(String name, int groupSize, double epsilon) {
        return layer(name).published(groupSize, epsilon);
    }

    private static ReadyLayer layer(String name) {
        ReadyLayer layer = LAYERS.get(name);
        if (layer == null) {
            throw new IllegalArgumentException(Nearest.unknown("layer", name, LAYERS.keySet()));
        }
        return layer;
    }

    /** As genomes have them, with v0 = 0, v1 = 1, scale and shift behind everything; those whose vectors these can stand for. */
    static Map<String, LayerProgram> searched(int groupSize, double epsilon) {
        Map<String, LayerProgram> programs = new LinkedHashMap<>();
        LAYERS.values().stream()
                .filter(ReadyLayer::searchable)
                .forEach(each -> programs.put(each.name(), each.searched(groupSize, epsilon)));
        return programs;
    }
}
