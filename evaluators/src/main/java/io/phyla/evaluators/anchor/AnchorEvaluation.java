package io.phyla.evaluators.anchor;

import static java.util.Locale.ROOT;

import io.phyla.evaluators.anchor.Ascent.Outcome;
import io.phyla.evaluators.data.Dataset;
import io.phyla.evaluators.data.InvalidDataException;
import io.phyla.evaluators.engine.MemoryLimitException;
import io.phyla.evaluators.training.DivergedException;
import io.phyla.search.candidate.Cause;
import io.phyla.search.metric.Evaluation;
import io.phyla.search.metric.EvaluationException;
import io.phyla.spaces.Genome;
import io.phyla.spaces.design.Design;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.NetworkCost;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * One layer after the other: first steps in each anchor, the cheapest first; then the ascent of gradients; then the rest of each
 * training. Nothing is made ready before it is its turn, for most layers fall at the first anchor.
 */
final class AnchorEvaluation implements Evaluation {

    private final AnchorParameters parameters;
    private final Dataset data;
    private final List<Station> stations;
    private final Set<String> wanted;
    private final long maxBytes;

    AnchorEvaluation(AnchorParameters parameters, Dataset data, Set<String> wanted, long maxBytes) {
        this.parameters = parameters;
        this.data = data;
        this.stations = Station.of(parameters.anchors(), data.classes());
        this.wanted = Set.copyOf(wanted);
        this.maxBytes = maxBytes;
    }

    @Override
    public Evaluated evaluate(Genome genome, Design design, long seed) {
        return switch (design) {
            case LayerProgram program -> evaluate(program.pruned(), seed);
            case Network _ ->
                throw new IllegalArgumentException("anchors are networks of their own; they take a layer");
        };
    }

    private Evaluated evaluate(LayerProgram program, long seed) {
        List<AnchorTraining> trainings = new ArrayList<>();
        try {
            for (Station station : stations) {
                at(station.anchor(), () -> {
                    AnchorTraining training =
                            new AnchorTraining(station, program, parameters, data, seed, left(trainings));
                    trainings.add(training);
                    if (parameters.quality().on()) {
                        pass(training);
                    }
                });
            }
            double[] climbed = new double[1];
            double worst = worstGradient(trainings, seed, climbed);
            Map<String, Double> values = finish(trainings, worst);
            double macs = trainings.stream().mapToDouble(AnchorTraining::macs).sum();
            return new Evaluated(values, macs + climbed[0]);
        } finally {
            trainings.forEach(AnchorTraining::close);
        }
    }

    private long left(List<AnchorTraining> trainings) {
        return maxBytes - trainings.stream().mapToLong(AnchorTraining::bytes).sum();
    }

    private void pass(AnchorTraining training) {
        double bound = parameters.quality().bound(data.classes());
        double accuracy = training.afterFirstSteps();
        if (!(accuracy >= bound)) {
            throw rejected(
                    Cause.Kind.LOW_QUALITY,
                    "after %d steps it names %.1f %% of the validation images right, less than %.1f %%, %s times what"
                                    .formatted(
                                            parameters.quality().steps(),
                                            100 * accuracy,
                                            100 * bound,
                                            number(parameters.quality().factor()))
                            + " guessing gives");
        }
    }

    /** @param macs takes what it cost */
    private double worstGradient(List<AnchorTraining> trainings, long seed, double[] macs) {
        Stability stability = parameters.stability();
        if (!stability.on()) {
            return Double.NaN;
        }
        double[] worst = {0};
        for (int i = 0; i < (stability.everyAnchor() ? stations.size() : 1); i++) {
            Station station = stations.get(i);
            Network network = trainings.get(i).network();
            at(station.anchor(), () -> {
                try (Ascent ascent = new Ascent(
                        network, data, parameters.recipe(), stability, station.seed(seed), left(trainings))) {
                    Outcome outcome = ascent.climb();
                    macs[0] += (double) outcome.gradients()
                            * AnchorTraining.RUNS_PER_STEP
                            * stability.batch()
                            * NetworkCost.of(network).macs();
                    if (!(outcome.worst() <= stability.limit())) {
                        throw rejected(
                                Cause.Kind.UNSTABLE,
                                "after %d steps of ascent the norm of the gradient is %s"
                                        .formatted(
                                                outcome.steps(),
                                                Double.isFinite(outcome.worst())
                                                        ? number(outcome.worst()) + ", above "
                                                                + number(stability.limit())
                                                        : "not finite"));
                    }
                    worst[0] = Math.max(worst[0], outcome.worst());
                }
            });
        }
        return worst[0];
    }

    /** To a millionth, so that 137 of 1000 is 13.7 and not a little more. */
    private static double percent(double share) {
        return Math.rint(1e8 * share) / 1e6;
    }

    private Map<String, Double> finish(List<AnchorTraining> trainings, double worst) {
        Map<String, Double> values = new TreeMap<>();
        AnchorEvaluator.accuracies().forEach(name -> values.put(name, Double.NaN));
        boolean mean = wanted.contains(AnchorEvaluator.MEAN);
        double sum = 0;
        for (AnchorTraining training : trainings) {
            String name = AnchorEvaluator.accuracy(training.anchor().network());
            if (mean || wanted.contains(name)) {
                at(training.anchor(), () -> values.put(name, percent(training.afterAllSteps())));
                sum += values.getOrDefault(name, Double.NaN);
            }
        }
        values.put(AnchorEvaluator.MEAN, mean ? sum / trainings.size() : Double.NaN);
        values.put(AnchorEvaluator.WORST_GRADIENT, worst);
        values.keySet().retainAll(wanted);
        return values;
    }

    /** Does something with an anchor; what goes wrong is told with its name. */
    private static void at(Anchor anchor, Runnable work) {
        try {
            work.run();
        } catch (EvaluationException e) {
            throw at(anchor, e.recorded().kind(), e);
        } catch (MemoryLimitException e) {
            throw at(anchor, Cause.Kind.TOO_LARGE, e);
        } catch (InvalidDataException | IllegalArgumentException e) {
            throw at(anchor, Cause.Kind.EVALUATION_FAILED, e);
        } catch (DivergedException e) {
            throw at(anchor, Cause.Kind.NON_FINITE, e);
        }
    }

    private static EvaluationException at(Anchor anchor, Cause.Kind kind, RuntimeException e) {
        return rejected(kind, "anchor " + anchor.word() + ": " + e.getMessage());
    }

    private static EvaluationException rejected(Cause.Kind kind, String detail) {
        return new EvaluationException(new Cause(kind, detail));
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e6
                ? String.valueOf((long) value)
                : String.format(ROOT, "%.3g", value);
    }

    @Override
    public void close() {
        // Each training closes what it took.
    }
}
