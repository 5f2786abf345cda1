package io.phyla.evaluators.training;

import io.phyla.evaluators.data.Dataset;
import io.phyla.evaluators.data.Dataset.Split;
import io.phyla.evaluators.data.InvalidDataException;
import io.phyla.evaluators.engine.MemoryLimitException;
import io.phyla.search.candidate.Cause;
import io.phyla.search.metric.Evaluation;
import io.phyla.search.metric.EvaluationException;
import io.phyla.spaces.Genome;
import io.phyla.spaces.SearchSpace;
import io.phyla.spaces.design.Design;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.NetworkCost;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Short trainings of one network after the other, each from its own seed. */
final class TrainEvaluation implements Evaluation {

    /** Of a step, in forward runs: one forward, one backward to the features and one to the weights. */
    private static final int RUNS_PER_STEP = 3;

    private final TrainParameters parameters;
    private final Dataset data;
    private final @Nullable Teacher teacher;
    private final Set<String> wanted;
    private final long maxBytes;
    private final List<Rung> rungs;

    /** How far a training came, and how it did there. */
    private record Result(Validation.Score score, long steps, int validations) {}

    /** Trains the reference sample, if there is to be halving. */
    TrainEvaluation(
            TrainParameters parameters,
            SearchSpace space,
            Dataset data,
            @Nullable Teacher teacher,
            Set<String> wanted,
            long maxBytes) {
        this.parameters = parameters;
        this.data = data;
        this.teacher = teacher;
        this.wanted = Set.copyOf(wanted);
        this.maxBytes = maxBytes;
        rungs = new ReferenceSample(space, parameters, this::accuracy).rungs();
    }

    @Override
    public Evaluated evaluate(Genome genome, Design design, long seed) {
        return switch (design) {
            case Network network -> evaluate(network, seed);
            case LayerProgram _ ->
                throw new IllegalArgumentException("a layer alone is not trained; that needs a network");
        };
    }

    private Evaluated evaluate(Network network, long seed) {
        Result result = train(network, seed, rungs, parameters.steps());
        Map<String, Double> values = new TreeMap<>(Map.of(
                TrainEvaluator.ACCURACY,
                100 * result.score().accuracy(),
                TrainEvaluator.LOSS,
                result.score().loss(),
                TrainEvaluator.STEPS,
                (double) result.steps()));
        values.keySet().retainAll(wanted);
        double trained = (double) RUNS_PER_STEP * parameters.recipe().batch() * result.steps();
        double validated = (double) result.validations()
                * (data.count(Split.VALIDATION)
                        + (double) parameters.recipe().recalibrationBatches()
                                * parameters.recipe().batch());
        return new Evaluated(values, NetworkCost.of(network).macs() * (trained + validated) + taught(result.steps()));
    }

    /** MACs of what a teacher says in so many steps. */
    private double taught(long steps) {
        return teacher == null
                ? 0
                : (double) NetworkCost.of(teacher.network()).macs()
                        * parameters.recipe().batch()
                        * steps;
    }

    private double accuracy(Network network, long seed, long steps) {
        return train(network, seed, List.of(), steps).score().accuracy();
    }

    /** Up to a step, or to the first rung that it falls short of. */
    private Result train(Network network, long seed, List<Rung> hurdles, long steps) {
        try (Trainer trainer = Trainer.open(network, parameters.training(seed), data, teacher, maxBytes)) {
            int validations = 0;
            for (Rung rung : hurdles) {
                trainer.trainTo(rung.steps());
                Validation.Score score = trainer.validate();
                validations++;
                if (!(score.accuracy() >= rung.leastAccuracy())) {
                    return new Result(score, rung.steps(), validations);
                }
            }
            trainer.trainTo(steps);
            return new Result(trainer.validate(), steps, validations + 1);
        } catch (MemoryLimitException e) {
            throw failed(Cause.Kind.TOO_LARGE, e);
        } catch (InvalidDataException e) {
            throw failed(Cause.Kind.EVALUATION_FAILED, e);
        } catch (DivergedException e) {
            throw failed(Cause.Kind.NON_FINITE, e);
        }
    }

    private static EvaluationException failed(Cause.Kind kind, RuntimeException e) {
        return new EvaluationException(new Cause(kind, String.valueOf(e.getMessage())));
    }

    @Override
    public void close() {
        // Each training closes what it took.
    }
}
