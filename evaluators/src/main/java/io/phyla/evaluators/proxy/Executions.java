package io.phyla.evaluators.proxy;

import io.phyla.evaluators.engine.Execution;
import io.phyla.spaces.design.Network;

/** Makes a network ready to run on a batch of so many samples; the caller closes it. */
@FunctionalInterface
interface Executions {
    Execution open(Network network, int batch);
}
