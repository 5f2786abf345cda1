package io.phyla.evaluators.training;

import io.phyla.evaluators.data.Dataset;
import io.phyla.evaluators.data.Dataset.Split;
import io.phyla.evaluators.data.InvalidDataException;
import io.phyla.evaluators.data.Resolution;
import io.phyla.spaces.design.Network;
import org.jspecify.annotations.Nullable;

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

    /**
     * Checks that a teacher says something about what a student sees: of the same images the same classes.
     *
     * @throws InvalidDataException if it does not
     */
    static void check(Teacher teacher, Network student) {
        String misfit = misfit(teacher.network(), student);
        if (misfit != null) {
            throw new InvalidDataException(misfit);
        }
    }

    /** Why a network cannot teach another one, for people; null if it can. */
    static @Nullable String misfit(Network teacher, Network student) {
        if (!teacher.input().equals(student.input())) {
            return "the teacher takes " + teacher.input() + " images, its student " + student.input()
                    + "; both see the same ones";
        }
        return teacher.output().equals(student.output())
                ? null
                : "the teacher's output is " + teacher.output() + ", its student's " + student.output()
                        + "; both tell the same classes apart";
    }

    /** Why a network's classes are not those of the data, for people. */
    static String classes(Network network, String data, int classes) {
        return "the network tells " + network.output().elements() + " classes apart, '" + data + "' has " + classes;
    }
}
