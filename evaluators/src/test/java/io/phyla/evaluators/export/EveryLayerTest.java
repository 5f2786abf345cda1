package io.phyla.evaluators.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class EveryLayerTest {

    /** A kind of layer that is added to the engine is missed here until a writer's tests have it. */
    @Test
    void leavesNoKindOfLayerOut() {
        Set<Class<?>> tested = EveryLayer.networks().values().stream()
                .flatMap(network -> network.nodes().stream())
                .map(Network.Node::layer)
                .map(Object::getClass)
                .collect(Collectors.toSet());
        assertThat(tested).containsExactlyInAnyOrder(Layer.class.getPermittedSubclasses());
    }
}
