package io.phyla.spaces.design;

/** What a genome decodes to. */
public sealed interface Design permits Network, LayerProgram {

    /** The design as a network of its own: itself, or a layer by itself at an exemplary shape. */
    Network network();
}
