package io.phyla.spaces.evonorm;

import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.program.ProgramDistance;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The ready layer that a program is most like, as it was published or as a genome would have it. Of layers that are equally near it is
 * the one that comes first in {@link ReadyLayers#all()}.
 *
 * @param distance see {@link ProgramDistance}; 0 is exactly this layer
 */
public record NearestLayer(String name, double distance) {

    public static NearestLayer of(LayerProgram program) {
        Map<String, LayerProgram> searched = ReadyLayers.searched(program.groupSize(), program.epsilon());
        return Stream.concat(
                        ReadyLayers.all().entrySet().stream(), searched.entrySet().stream())
                .map(each -> new NearestLayer(each.getKey(), ProgramDistance.between(program, each.getValue())))
                .min(Comparator.comparingDouble(NearestLayer::distance))
                .orElseThrow();
    }
}
