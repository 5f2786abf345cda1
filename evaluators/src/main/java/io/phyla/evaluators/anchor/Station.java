package io.phyla.evaluators.anchor;

import io.phyla.evaluators.anchor.AnchorParameters.Place;
import io.phyla.evaluators.engine.SplitMix;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.NetworkCost;
import io.phyla.spaces.program.Placement;
import java.util.Comparator;
import java.util.List;

/**
 * An anchor as it stands before any layer is put into it.
 *
 * @param macs of one image
 */
record Station(Anchor anchor, Network network, long macs) {

    /** All anchors, the cheapest first. */
    static List<Station> of(List<Anchor> anchors, int classes) {
        return anchors.stream()
                .map(anchor -> of(anchor, classes))
                .sorted(Comparator.comparingLong(Station::macs)
                        .thenComparing(it -> it.anchor().network()))
                .toList();
    }

    private static Station of(Anchor anchor, int classes) {
        Network network = anchor.build(classes);
        return new Station(anchor, network, NetworkCost.of(network).macs());
    }

    /** @throws IllegalArgumentException if the layer cannot stand there */
    Network with(LayerProgram program, Place place) {
        return switch (place) {
            case NORMALIZATION_ACTIVATION -> Placement.place(network, program);
            case ACTIVATION -> Placement.activation(network, program);
        };
    }

    /** Of a candidate here; another anchor's first weights and images are no shifted copy of these. */
    long seed(long candidate) {
        return SplitMix.number(candidate, anchor.network().ordinal());
    }
}
