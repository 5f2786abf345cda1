package io.phyla.evaluators.training;

import io.phyla.evaluators.data.Dataset;
import io.phyla.evaluators.data.Dataset.Split;
import io.phyla.evaluators.data.InvalidDataException;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Shape;

/** Whether a network can learn a data set. */
final class Fit {

    private Fit() {}

    /** @throws InvalidDataException if it cannot */
    static void check(Network network, int batch, Dataset data) {
        Shape images = network.input();
        if (images.channels() != data.channels() || images.height() != data.size() || images.width() != data.size()) {
            throw new InvalidDataException("the network takes " + images + " images, '" + data.name() + "' has "
                    + data.channels() + "x" + data.size() + "x" + data.size());
        }
        if (network.output().elements() != data.classes()) {
            throw new InvalidDataException("the network tells " + network.output().elements() + " classes apart, '"
                    + data.name() + "' has " + data.classes());
        }
        if (data.count(Split.TRAIN) < batch) {
            throw new InvalidDataException("'" + data.name() + "' has " + data.count(Split.TRAIN)
                    + " training images, fewer than a batch of " + batch);
        }
        if (data.count(Split.VALIDATION) == 0) {
            throw new InvalidDataException("'" + data.name() + "' has no images to validate on");
        }
    }
}
