package io.phyla.evaluators.proxy;

/**
 * Which run a proxy is computed from. Proxies of a network are computed in the order of stages, for every run overwrites
 * part of what the one before it left: so each run is made once, whoever else is computed.
 */
public enum Stage {
    /** The first weights, before any run. */
    WEIGHTS,
    /** What the layers produce. */
    FORWARD,
    /** The gradient of the sum of all outputs with respect to the images. */
    OUTPUT_GRADIENTS,
    /** The gradient of the loss while it passes the layers. */
    WATCHED_LOSS_GRADIENTS,
    /** The gradient of the loss with respect to the parameters. */
    LOSS_GRADIENTS,
    /** The same for other images. */
    SECOND_BATCH,
    /** Runs with other weights. */
    OTHER_WEIGHTS,
    /** Runs of another network, or of another number of images. */
    OWN_RUNS
}
