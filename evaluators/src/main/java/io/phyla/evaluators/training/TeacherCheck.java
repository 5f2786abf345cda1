package io.phyla.evaluators.training;

import io.phyla.evaluators.data.Datasets;
import io.phyla.evaluators.data.InvalidDataException;
import io.phyla.evaluators.data.Resolution;
import io.phyla.evaluators.training.Teacher.Content;
import io.phyla.evaluators.weights.SafeTensors;
import io.phyla.search.port.Artifacts;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.schema.Problem;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Finds all that is wrong with a teacher before anything is trained. */
final class TeacherCheck {

    /** Hashes of networks with those of weights that are theirs: large files are gone through once. */
    private static final Set<String> FITTING = ConcurrentHashMap.newKeySet();

    private final TeacherParameters parameters;
    private final Artifacts artifacts;
    private final String pointer;
    private final List<Problem> problems;

    /**
     * @param pointer where the parameters stand in their document
     * @param problems takes what is wrong
     */
    TeacherCheck(TeacherParameters parameters, Artifacts artifacts, String pointer, List<Problem> problems) {
        this.parameters = parameters;
        this.artifacts = artifacts;
        this.pointer = pointer;
        this.problems = problems;
    }

    /** Both files; returns the network if it is one. */
    @Nullable
    Network files() {
        Content description = find("network", parameters.network());
        Content weights = find("weights", parameters.weights());
        if (description == null) {
            return null;
        }
        try {
            Network network = Teacher.network(description);
            if (weights != null) {
                check(description, weights, network);
            }
            return network;
        } catch (InvalidDataException e) {
            problem("network", String.valueOf(e.getMessage()));
            return null;
        }
    }

    private @Nullable Content find(String what, String reference) {
        try {
            return Teacher.content(what, reference, artifacts);
        } catch (InvalidDataException e) {
            problem(what, String.valueOf(e.getMessage()));
            return null;
        }
    }

    private void check(Content description, Content weights, Network network) {
        String pair = description.sha256() + weights.sha256();
        if (FITTING.contains(pair)) {
            return;
        }
        try {
            SafeTensors.check(weights.file(), network);
            FITTING.add(pair);
        } catch (IOException e) {
            problem("weights", "'" + weights.name() + "': " + e.getMessage());
        }
    }

    /** Whether it tells the data's classes apart on the data's images. */
    void data(Network teacher, String name, Datasets.Form data) {
        if (!Resolution.fits(teacher.input(), data.channels(), data.size())) {
            problem("network", Resolution.misfit(teacher.input(), data.channels(), data.size()));
        }
        if (teacher.output().elements() != data.classes()) {
            problem("network", Fit.classes(teacher, name, data.classes()));
        }
    }

    void student(Network teacher, Network student) {
        String misfit = Fit.misfit(teacher, student);
        if (misfit != null) {
            problem("network", misfit);
        }
    }

    private void problem(String member, String detail) {
        problems.add(new Problem(pointer + '/' + member, detail));
    }
}
