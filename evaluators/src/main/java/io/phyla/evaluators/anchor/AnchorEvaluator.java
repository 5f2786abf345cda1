package io.phyla.evaluators.anchor;

import io.phyla.evaluators.anchor.Anchor.Architecture;
import io.phyla.evaluators.anchor.AnchorParameters.Place;
import io.phyla.evaluators.data.Datasets;
import io.phyla.evaluators.data.InvalidDataException;
import io.phyla.evaluators.data.Resolution;
import io.phyla.evaluators.program.KernelCheck;
import io.phyla.evaluators.program.ProgramScreen;
import io.phyla.search.metric.Direction;
import io.phyla.search.metric.Evaluation;
import io.phyla.search.metric.Evaluator;
import io.phyla.search.metric.Metric;
import io.phyla.search.metric.Resources;
import io.phyla.search.metric.Screen;
import io.phyla.search.port.Artifacts;
import io.phyla.spaces.Genome;
import io.phyla.spaces.SearchSpace;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Shape;
import io.phyla.spaces.evonorm.EvoNormSpace;
import io.phyla.spaces.schema.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a normalisation-activation layer is worth: it is put into several architectures and trained there (Liu et al., NeurIPS
 * 2020, section 3.2 and 3.3), unless it learns too little at first or its gradients have no bound. Costs are counted in MACs,
 * gates included; those of a rejected layer are not.
 */
public final class AnchorEvaluator implements Evaluator<AnchorParameters> {

    static final String MEAN = "mean_accuracy";
    static final String WORST_GRADIENT = "worst_gradient";

    private static final List<Metric> METRICS = Stream.concat(
                    Arrays.stream(Architecture.values()).map(AnchorEvaluator::metric),
                    Stream.of(
                            new Metric(
                                    MEAN,
                                    "%",
                                    Direction.MAXIMIZE,
                                    false,
                                    "Mean over all anchors of the images named right after training."),
                            new Metric(
                                    WORST_GRADIENT,
                                    "",
                                    Direction.MINIMIZE,
                                    false,
                                    "Largest norm of the loss's gradient with respect to the convolutions' weights"
                                            + " while these climb along its slope.")))
            .toList();

    private static Metric metric(Architecture network) {
        return new Metric(
                accuracy(network),
                "%",
                Direction.MAXIMIZE,
                false,
                "Images named right after training by the anchor " + Anchor.word(network)
                        + "; undefined if it is none of the anchors.");
    }

    static String accuracy(Architecture network) {
        return "accuracy_" + Anchor.word(network);
    }

    static List<String> accuracies() {
        return Arrays.stream(Architecture.values())
                .map(AnchorEvaluator::accuracy)
                .toList();
    }

    @Override
    public String name() {
        return "anchors";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public List<Metric> metrics() {
        return METRICS;
    }

    @Override
    public Class<AnchorParameters> parameters() {
        return AnchorParameters.class;
    }

    @Override
    public List<Problem> check(AnchorParameters parameters, Artifacts artifacts) {
        Datasets.Form data;
        try {
            data = Datasets.form(parameters.data(), artifacts);
        } catch (InvalidDataException e) {
            return List.of(new Problem("/data", String.valueOf(e.getMessage())));
        }
        List<Problem> problems = new ArrayList<>();
        fewer(parameters.recipe().batch(), "/recipe/batch", parameters, data, problems);
        if (parameters.stability().on()) {
            fewer(parameters.stability().batch(), "/stability/batch", parameters, data, problems);
        }
        if (parameters.quality().on() && parameters.quality().bound(data.classes()) >= 1) {
            problems.add(new Problem(
                    "/quality/factor",
                    "data set '" + parameters.data() + "' has " + data.classes()
                            + " classes: that many times what guessing gives is all images or more, which no layer"
                            + " passes; it has to be less than " + data.classes()));
        }
        for (int i = 0; i < parameters.anchors().size(); i++) {
            check(parameters.anchors().get(i), "/anchors/" + i, data, problems);
        }
        return problems;
    }

    private static void fewer(
            int batch, String pointer, AnchorParameters parameters, Datasets.Form data, List<Problem> problems) {
        if (batch > data.trainingImages()) {
            problems.add(new Problem(
                    pointer,
                    "data set '" + parameters.data() + "' has " + data.trainingImages()
                            + " training images, fewer than " + batch));
        }
    }

    private static void check(Anchor anchor, String pointer, Datasets.Form data, List<Problem> problems) {
        try {
            Shape input = anchor.build(data.classes()).input();
            if (!Resolution.fits(input, data.channels(), data.size())) {
                problems.add(
                        new Problem(pointer + "/resolution", Resolution.misfit(input, data.channels(), data.size())));
            }
        } catch (IllegalArgumentException e) {
            problems.add(new Problem(pointer, String.valueOf(e.getMessage())));
        }
    }

    @Override
    public List<Problem> check(AnchorParameters parameters, SearchSpace space, Artifacts artifacts) {
        return switch (space.decode(Genome.of(new int[space.decisions().size()]))) {
            case LayerProgram _ -> misplaced(parameters, space);
            case Network _ ->
                List.of(new Problem(
                        "",
                        "the space's designs are networks; this evaluator puts layers into networks of its own and"
                                + " needs a space of layers, such as evonorm"));
        };
    }

    private static List<Problem> misplaced(AnchorParameters parameters, SearchSpace space) {
        return parameters.place() == Place.ACTIVATION
                        && space instanceof EvoNormSpace layers
                        && layers.parameters().moments()
                ? List.of(new Problem(
                        "/place",
                        "the space's layers normalise and take the place of normalization_activation; activation is"
                                + " for a space without moments"))
                : List.of();
    }

    /** Layers that scale and shift x alone leave networks linear. */
    @Override
    public Optional<Screen> screen(AnchorParameters parameters, SearchSpace space) {
        return Optional.of(new ProgramScreen(false));
    }

    @Override
    public AnchorParameters pin(AnchorParameters parameters, Artifacts artifacts) {
        return new AnchorParameters(
                Datasets.pinned(parameters.data(), artifacts),
                parameters.anchors(),
                parameters.place(),
                parameters.steps(),
                parameters.recipe(),
                parameters.quality(),
                parameters.stability(),
                parameters.split(),
                parameters.movingAverages());
    }

    /** Kernels are checked here: it takes seconds, which do not count towards the first layer's time. */
    @Override
    public Evaluation open(AnchorParameters parameters, SearchSpace space, Set<String> wanted, Resources resources) {
        KernelCheck.beforePrograms();
        return new AnchorEvaluation(
                parameters, Datasets.open(parameters.data(), resources.artifacts()), wanted, resources.maxBytes());
    }
}
