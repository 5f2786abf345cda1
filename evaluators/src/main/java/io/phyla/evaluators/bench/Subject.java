package io.phyla.evaluators.bench;

import io.phyla.spaces.design.Network;

/**
 * Something to measure.
 *
 * @param name unique, such as {@code conv3x3-16-32}: what, channels, pixels on a side
 * @param batch samples per run
 * @param step whether the whole is a training step with loss and optimiser, or a layer's forward and backward run
 */
public record Subject(String name, Network network, int batch, boolean step) {}
