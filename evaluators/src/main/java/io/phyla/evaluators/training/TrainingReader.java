package io.phyla.evaluators.training;

import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.evaluators.data.Datasets;
import io.phyla.evaluators.data.InvalidDataException;
import io.phyla.evaluators.data.Resolution;
import io.phyla.evaluators.engine.Parameter;
import io.phyla.search.port.Artifacts;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.NetworkJson;
import io.phyla.spaces.design.Shape;
import io.phyla.spaces.schema.Problem;
import io.phyla.spaces.schema.RecordReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks a training document against its schema, its network and its data; reports all mistakes at once. */
public final class TrainingReader {

    /** More than any network that can be trained on one machine, and a small memory while it is read. */
    private static final int MOST_LAYERS = 10_000;

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
        try {
            check(network, training, Datasets.form(training.data(), artifacts));
        } catch (InvalidDataException e) {
            problems.add(new Problem("/training/data", String.valueOf(e.getMessage())));
        }
        return problems.isEmpty()
                ? new Result.Accepted(pinned(document), network)
                : new Result.Refused(List.copyOf(problems));
    }

    private @Nullable Network network(JsonNode json) {
        JsonNode nodes = json.path("nodes");
        if (!nodes.isArray() || nodes.isEmpty() || nodes.size() > MOST_LAYERS) {
            String text = "must be an array of 1 to " + MOST_LAYERS + " layers"
                    + (nodes.isArray() ? ", not of " + nodes.size() : "");
            problems.add(new Problem("/network/nodes", text));
            return null;
        }
        try {
            Network network = NetworkJson.read(json);
            checkSizes(network);
            return network;
        } catch (IllegalArgumentException e) {
            problems.add(new Problem("/network", String.valueOf(e.getMessage())));
            return null;
        }
    }

    /** @throws IllegalArgumentException if anything of it is more than one array holds, or nothing in it learns */
    private static void checkSizes(Network network) {
        boolean[] learning = new boolean[network.nodes().size()];
        for (int i = 0; i < learning.length; i++) {
            Network.Node node = network.nodes().get(i);
            if (network.shapes().get(i).elements() > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("layer '" + node.name() + "': its "
                        + network.shapes().get(i) + " numbers are more than an array can hold");
            }
        }
        try {
            Parameter.of(network).forEach(each -> learning[each.node()] = true);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("the weights of a layer are more than an array can hold", e);
        }
        for (int i = 0; i < learning.length; i++) {
            for (int input : network.nodes().get(i).inputs()) {
                learning[i] |= learning[input];
            }
        }
        if (!learning[learning.length - 1]) {
            throw new IllegalArgumentException("there is nothing to learn: no layer with weights leads to the output");
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
        TrainingParameters it = document.training();
        TrainingParameters pinned = new TrainingParameters(
                Datasets.pinned(it.data(), artifacts),
                it.epochs(),
                it.steps(),
                it.curveSteps(),
                it.seed(),
                it.recipe());
        return new TrainingDocument(document.name(), document.network(), pinned, document.limits());
    }
}
