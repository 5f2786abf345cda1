package io.phyla.evaluators.training;

import io.phyla.evaluators.data.Dataset;
import io.phyla.evaluators.data.Dataset.Split;
import io.phyla.evaluators.data.InvalidDataException;
import io.phyla.search.training.CurvePoint;
import io.phyla.spaces.design.Network;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Trains one network, from one point of its learning curve to the next. A function of network, parameters and data: stopped
 * anywhere, saved and resumed it ends with the same bits as if it had run through.
 *
 * <p>Belongs to one thread at a time; has to be closed, for it holds native memory.
 */
public final class Trainer implements AutoCloseable {

    private final TrainingParameters parameters;
    private final Dataset data;
    private final Network network;
    private final EpochImages images;
    private final Validation validation;
    private final Learner learner;
    private final long steps;
    private Progress progress = Progress.NONE;

    private Trainer(Network network, TrainingParameters parameters, Dataset data, long maxBytes) {
        this.network = network;
        this.parameters = parameters;
        this.data = data;
        images = new EpochImages(data, parameters.recipe().batch(), parameters.seed());
        validation = new Validation(data, Split.VALIDATION);
        steps = parameters.allSteps(images.stepsPerEpoch());
        learner = new Learner(network, parameters.recipe(), steps, parameters.seed(), maxBytes);
    }

    /**
     * Makes ready to train from the first step.
     *
     * @param maxBytes native memory that it may take in all
     * @throws InvalidDataException if the data set's images, classes or number do not fit network and batch
     * @throws IllegalArgumentException if the parameters do not go together
     * @throws io.phyla.evaluators.engine.MemoryLimitException if it would take more memory
     */
    public static Trainer open(Network network, TrainingParameters parameters, Dataset data, long maxBytes) {
        Fit.check(network, parameters.recipe().batch(), data);
        return new Trainer(network, parameters, data, maxBytes);
    }

    /**
     * Goes on where a saved training of the same network, parameters and data was.
     *
     * @throws CheckpointException if it was another training, naming what differs, or the file is damaged; this one is
     *     unchanged then
     */
    public void resume(Path checkpoint) throws IOException {
        progress = Checkpoint.read(checkpoint, identity(), learner.state());
        learner.resume(progress.step());
    }

    /** Writes all that the rest of the training depends on; whatever happens, the file is an old or a new whole one. */
    public void save(Path checkpoint) throws IOException {
        Checkpoint.write(checkpoint, identity(), progress, learner.state());
    }

    /** Writes the weights that count, averaged and recalibrated if the recipe says so, as safetensors. */
    public void exportWeights(Path file) throws IOException {
        IOException[] failure = new IOException[1];
        learner.settle(() -> {
            try {
                SafeTensors.write(file, learner.plan());
            } catch (IOException e) {
                failure[0] = e;
            }
        });
        if (failure[0] != null) {
            throw failure[0];
        }
    }

    /** Whether all steps are done. */
    public boolean done() {
        return progress.step() >= steps;
    }

    /**
     * Trains up to the next point of the curve: every so many steps, and with validation at each epoch's end and the last
     * step.
     *
     * @throws DivergedException if the loss is no finite number any more
     * @throws IllegalStateException if all steps are done
     */
    public CurvePoint advance() {
        if (done()) {
            throw new IllegalStateException("all " + steps + " steps are done");
        }
        long target = nextPoint();
        while (progress.step() < target) {
            long step = progress.step();
            learner.step(step, images.write(step, learner.plan().imagesSegment()));
            progress = progress.after(learner.loss(), parameters.recipe().batch());
        }
        CurvePoint point = point(validated(target) ? validate() : null);
        progress = progress.fromHere();
        return point;
    }

    private long nextPoint() {
        long step = progress.step();
        long epochEnd = (step / images.stepsPerEpoch() + 1) * images.stepsPerEpoch();
        long point = (step / parameters.curveSteps() + 1) * parameters.curveSteps();
        return Math.min(steps, Math.min(epochEnd, point));
    }

    private boolean validated(long step) {
        return step == steps || step % images.stepsPerEpoch() == 0;
    }

    private Validation.Score validate() {
        Validation.Score[] score = new Validation.Score[1];
        learner.settle(() -> score[0] = validation.run(learner.plan()));
        return score[0];
    }

    private CurvePoint point(Validation.@Nullable Score score) {
        return new CurvePoint(
                progress.step(),
                steps,
                (double) progress.step() / images.stepsPerEpoch(),
                learner.rate(progress.step() - 1),
                progress.meanLoss(),
                progress.accuracy(),
                score == null ? null : score.loss(),
                score == null ? null : score.accuracy());
    }

    private Identity identity() {
        return Identity.of(network, parameters, data);
    }

    @Override
    public void close() {
        learner.close();
    }
}
