package io.phyla.evaluators.training;

import io.phyla.evaluators.data.Datasets;
import io.phyla.evaluators.data.InvalidDataException;
import io.phyla.evaluators.data.Resolution;
import io.phyla.search.metric.Direction;
import io.phyla.search.metric.Evaluation;
import io.phyla.search.metric.Evaluator;
import io.phyla.search.metric.Metric;
import io.phyla.search.metric.Resources;
import io.phyla.search.port.Artifacts;
import io.phyla.spaces.Genome;
import io.phyla.spaces.SearchSpace;
import io.phyla.spaces.design.Design;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.schema.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a network has learned of the training images after a budget of steps, measured on the validation images. Costs are
 * counted in MACs of the candidate's own training; the reference sample's are not in them.
 */
public final class TrainEvaluator implements Evaluator<TrainParameters> {

    static final String ACCURACY = "accuracy";
    static final String LOSS = "validation_loss";
    static final String STEPS = "trained_steps";

    private static final String TEACHER = "/teacher";

    private static final List<Metric> METRICS = List.of(
            new Metric(
                    ACCURACY, "%", Direction.MAXIMIZE, false, "Validation images named right after a short training."),
            new Metric(
                    LOSS,
                    "nats",
                    Direction.MINIMIZE,
                    false,
                    "Mean cross-entropy on the validation images after a short training."),
            new Metric(
                    STEPS,
                    "steps",
                    Direction.MAXIMIZE,
                    false,
                    "Steps after which the others were measured: fewer than asked for if successive halving stopped the"
                            + " training."));

    @Override
    public String name() {
        return "train";
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
    public Class<TrainParameters> parameters() {
        return TrainParameters.class;
    }

    @Override
    public List<Problem> check(TrainParameters parameters, Artifacts artifacts) {
        List<Problem> problems = new ArrayList<>();
        Datasets.Form data = null;
        try {
            data = Datasets.form(parameters.data(), artifacts);
            int images = data.trainingImages();
            int batch = parameters.recipe().batch();
            if (batch > images) {
                problems.add(new Problem(
                        "/recipe/batch",
                        "data set '" + parameters.data() + "' has " + images + " training images, fewer than "
                                + batch));
            }
        } catch (InvalidDataException e) {
            problems.add(new Problem("/data", String.valueOf(e.getMessage())));
        }
        if (parameters.teacher() != null) {
            TeacherCheck check = new TeacherCheck(parameters.teacher(), artifacts, TEACHER, problems);
            Network teacher = check.files();
            if (teacher != null && data != null) {
                check.data(teacher, parameters.data(), data);
            }
        }
        return problems;
    }

    @Override
    public List<Problem> check(TrainParameters parameters, SearchSpace space, Artifacts artifacts) {
        Datasets.Form data = Datasets.form(parameters.data(), artifacts);
        Design sample = space.decode(Genome.of(new int[space.decisions().size()]));
        return switch (sample) {
            case LayerProgram _ ->
                List.of(new Problem("", "the space's designs are layers; this evaluator needs networks"));
            case Network network -> {
                List<Problem> problems = misfits(network, parameters.data(), data);
                if (parameters.teacher() != null && problems.isEmpty()) {
                    TeacherCheck check = new TeacherCheck(parameters.teacher(), artifacts, TEACHER, problems);
                    check.student(Teacher.open(parameters.teacher(), artifacts).network(), network);
                }
                yield problems;
            }
        };
    }

    private static List<Problem> misfits(Network network, String name, Datasets.Form data) {
        List<Problem> problems = new ArrayList<>();
        if (!Resolution.fits(network.input(), data.channels(), data.size())) {
            problems.add(new Problem("/data", Resolution.misfit(network.input(), data.channels(), data.size())));
        }
        if (network.output().elements() != data.classes()) {
            problems.add(new Problem("/data", Fit.classes(network, name, data.classes())));
        }
        return problems;
    }

    @Override
    public TrainParameters pin(TrainParameters parameters, Artifacts artifacts) {
        return new TrainParameters(
                Datasets.pinned(parameters.data(), artifacts),
                parameters.steps(),
                parameters.recipe(),
                parameters.teacher() == null ? null : parameters.teacher().pinned(artifacts),
                parameters.halvings(),
                parameters.reduction(),
                parameters.referenceDesigns(),
                parameters.referenceSeed());
    }

    @Override
    public Evaluation open(TrainParameters parameters, SearchSpace space, Set<String> wanted, Resources resources) {
        return new TrainEvaluation(
                parameters,
                space,
                Datasets.open(parameters.data(), resources.artifacts()),
                parameters.teacher() == null ? null : Teacher.open(parameters.teacher(), resources.artifacts()),
                wanted,
                resources.maxBytes());
    }
}
