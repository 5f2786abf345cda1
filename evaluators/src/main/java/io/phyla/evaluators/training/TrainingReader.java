package io.phyla.evaluators.training;

import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.evaluators.data.Datasets;
import io.phyla.evaluators.data.InvalidDataException;
import io.phyla.evaluators.data.Resolution;
import io.phyla.search.port.Artifacts;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Shape;
import io.phyla.spaces.schema.Problem;
import io.phyla.spaces.schema.RecordReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks a training document against its schema, its network and its data; reports all mistakes at once. */
public final class TrainingReader {

    private final Artifacts artifacts;
    private final List<Problem> problems = new ArrayList<>();

    private TrainingReader(Artifacts artifacts) {
        this.artifacts = artifacts;
    }

    /** What came of reading. */
    public sealed interface Result {

        /** It can be trained; defaults are filled in and data is named by its content. */
        record Accepted(TrainingDocument document, Network network) implements Result {}

        /** It cannot, for these reasons, at least one. */
        record Refused(List<Problem> problems) implements Result {}
    }

    public static Result read(JsonNode json, Artifacts artifacts) {
        return new TrainingReader(artifacts).read(json);
    }

    private Result read(JsonNode json) {
        TrainingDocument document = RecordReader.read(json, TrainingDocument.class, "", problems);
        Network network = json.has("network") ? network(json.get("network")) : null;
        if (document == null || network == null) {
            return new Result.Refused(List.copyOf(problems));
        }
        TrainingParameters training = document.training();
        Datasets.Form data = data(training.data());
        if (data != null) {
            check(network, training, data);
        }
        if (training.teacher() != null) {
            check(training.teacher(), network, training, data);
        }
        return problems.isEmpty()
                ? new Result.Accepted(pinned(document), network)
                : new Result.Refused(List.copyOf(problems));
    }

    private @Nullable Network network(JsonNode json) {
        Network network = NetworkReader.read(json, "/network", problems);
        if (network != null && !NetworkReader.learns(network)) {
            problems.add(
                    new Problem("/network", "there is nothing to learn: no layer with weights leads to the output"));
            return null;
        }
        return network;
    }

    private Datasets.@Nullable Form data(String name) {
        try {
            return Datasets.form(name, artifacts);
        } catch (InvalidDataException e) {
            problems.add(new Problem("/training/data", String.valueOf(e.getMessage())));
            return null;
        }
    }

    private void check(
            TeacherParameters parameters, Network student, TrainingParameters training, Datasets.@Nullable Form data) {
        boolean studentFits = problems.stream().noneMatch(each -> each.pointer().equals("/network"));
        TeacherCheck check = new TeacherCheck(parameters, artifacts, "/training/teacher", problems);
        Network teacher = check.files();
        if (teacher == null || data == null) {
            return;
        }
        int before = problems.size();
        check.data(teacher, training.data(), data);
        if (studentFits && problems.size() == before) {
            check.student(teacher, student);
        }
    }

    private void check(Network network, TrainingParameters training, Datasets.Form data) {
        Shape input = network.input();
        if (!Resolution.fits(input, data.channels(), data.size())) {
            problems.add(new Problem(
                    "/network",
                    "layer '" + network.nodes().getFirst().name() + "': "
                            + Resolution.misfit(input, data.channels(), data.size())));
        }
        if (network.output().elements() != data.classes()) {
            problems.add(new Problem(
                    "/network",
                    "layer '" + network.nodes().getLast().name() + "': "
                            + Fit.classes(network, training.data(), data.classes())));
        }
        if (training.recipe().batch() > data.trainingImages()) {
            problems.add(new Problem(
                    "/training/recipe/batch",
                    "data set '" + training.data() + "' has " + data.trainingImages() + " training images, fewer than "
                            + training.recipe().batch()));
        }
        long steps = training.allSteps(
                new Epochs(data.trainingImages(), training.recipe().batch()));
        if (training.recipe().warmUpSteps() > steps) {
            problems.add(new Problem(
                    "/training/recipe/warm_up_steps",
                    "must be at most the " + steps + " steps of the training, not "
                            + training.recipe().warmUpSteps()));
        }
    }

    private TrainingDocument pinned(TrainingDocument document) {
        return new TrainingDocument(
                document.name(), document.network(), document.training().pinned(artifacts), document.limits());
    }
}
