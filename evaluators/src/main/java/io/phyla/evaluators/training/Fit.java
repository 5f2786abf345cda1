package io.phyla.evaluators.training;

import io.phyla.evaluators.data.Dataset;
import io.phyla.evaluators.data.Dataset.Split;
import io.phyla.evaluators.data.InvalidDataException;
import io.phyla.evaluators.data.Resolution;
import io.phyla.spaces.design.Network;

/** Whether a network can learn a data set. */
final class Fit {

    private Fit() {}

    /** @throws InvalidDataException if it cannot */
    static void check(Network network, int batch, Dataset data) {
        if (!Resolution.fits(network.input(), data.channels(), data.size())) {
            throw new InvalidDataException(Resolution.misfit(network.input(), data.channels(), data.size()));
        }
        if (network.output().elements() != data.classes()) {
            throw new InvalidDataException(classes(network, data.name(), data.classes()));
        }
        if (data.count(Split.TRAIN) < batch) {
            throw new InvalidDataException("'" + data.name() + "' has " + data.count(Split.TRAIN)
                    + " training images, fewer than a batch of " + batch);
        }
        if (data.count(Split.VALIDATION) == 0) {
            throw new InvalidDataException("'" + data.name() + "' has no images to validate on");
        }
    }

    /** Why a network's classes are not those of the data, for people. */
    static String classes(Network network, String data, int classes) {
        return "the network tells " + network.output().elements() + " classes apart, '" + data + "' has " + classes;
    }
}
