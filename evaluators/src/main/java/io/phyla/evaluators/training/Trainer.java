package io.phyla.evaluators.training;

import io.phyla.evaluators.data.Dataset;
import io.phyla.evaluators.data.Dataset.Split;
import io.phyla.evaluators.data.InvalidDataException;
import io.phyla.evaluators.data.stream.BatchStream;
import io.phyla.evaluators.data.stream.ImageBatch;
import io.phyla.evaluators.training.loss.Targets;
import io.phyla.evaluators.weights.SafeTensors;
import io.phyla.evaluators.weights.Weights;
import io.phyla.search.training.CurvePoint;
import io.phyla.spaces.design.Network;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Trains one network, from one point of its learning curve to the next. A function of network, parameters, data and teacher: stopped
 * anywhere, saved and resumed it ends with the same bits as if it had run through.
 *
 * <p>Belongs to one thread at a time; has to be closed, for it holds native memory.
 */
public final class Trainer implements AutoCloseable {

    private final TrainingParameters parameters;
    private final Dataset data;
    private final Network network;
    private final @Nullable Teacher teacher;
    private final Epochs epochs;
    private final Validation validation;
    private final Learner learner;
    private final long steps;
    private final long streams;
    private Progress progress = Progress.NONE;
    private @Nullable BatchStream images;

    private Trainer(
            Network network, TrainingParameters parameters, Dataset data, @Nullable Teacher teacher, long maxBytes) {
        this.network = network;
        this.parameters = parameters;
        this.data = data;
        this.teacher = teacher;
        Recipe recipe = parameters.recipe();
        epochs = new Epochs(data.count(Split.TRAIN), recipe.batch());
        validation = new Validation(data, Split.VALIDATION);
        steps = parameters.allSteps(epochs);
        // Training's batches stay while others are used for validation or recalibration.
        streams = 2 * BatchStream.bytes(recipe.batch(), network.input());
        learner = new Learner(network, recipe, data, teacher, steps, parameters.seed(), maxBytes - streams);
    }

    /** The same for a training without a teacher. */
    public static Trainer open(Network network, TrainingParameters parameters, Dataset data, long maxBytes) {
        return open(network, parameters, data, null, maxBytes);
    }

    /**
     * Makes ready to train from the first step.
     *
     * @param teacher the parameters' teacher; null if they have none
     * @param maxBytes native memory that it may take in all
     * @throws InvalidDataException if the data set's images, classes or number do not fit network and batch, or the teacher
     *     does not fit the network or its own weights
     * @throws IllegalArgumentException if the parameters do not go together
     * @throws io.phyla.evaluators.engine.MemoryLimitException if it would take more memory
     */
    public static Trainer open(
            Network network, TrainingParameters parameters, Dataset data, @Nullable Teacher teacher, long maxBytes) {
        if ((teacher == null) != (parameters.teacher() == null)) {
            throw new IllegalArgumentException("the parameters' teacher is to be handed over, and no other");
        }
        Fit.check(network, parameters.recipe().batch(), data);
        if (teacher != null) {
            Fit.check(teacher, network);
        }
        return new Trainer(network, parameters, data, teacher, maxBytes);
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
        closeImages();
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
                AtomicFile.write(
                        file,
                        out -> SafeTensors.write(
                                network, name -> Weights.floats(learner.plan().read(name.tensor())), out.stream()));
            } catch (IOException e) {
                failure[0] = e;
            }
        });
        if (failure[0] != null) {
            throw failure[0];
        }
    }

    /** Native memory that it holds. */
    public long bytes() {
        return learner.bytes() + streams;
    }

    /** Steps that are done. */
    public long step() {
        return progress.step();
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
        trainTo(target);
        boolean validated = target == steps || epochs.endsAt(target);
        CurvePoint point = point(validated ? validate() : null);
        progress = progress.fromHere();
        return point;
    }

    /**
     * Goes on to a step, without a point of the curve there.
     *
     * @throws DivergedException as {@link #advance}
     */
    public void trainTo(long target) {
        BatchStream stream = images();
        while (progress.step() < target) {
            step(Waiting.next(stream).orElseThrow());
        }
    }

    private void step(ImageBatch batch) {
        learner.plan().imagesSegment().copyFrom(batch.images());
        learner.step(progress.step(), Targets.of(batch));
        progress = progress.after(learner.loss(), batch.count());
    }

    private BatchStream images() {
        BatchStream stream = images;
        if (stream == null) {
            Recipe recipe = parameters.recipe();
            stream = BatchStream.training(
                    data,
                    recipe.batch(),
                    network.input().height(),
                    recipe.augmentation(),
                    parameters.seed(),
                    progress.step());
            images = stream;
        }
        return stream;
    }

    private long nextPoint() {
        long step = progress.step();
        long point = (step / parameters.curveSteps() + 1) * parameters.curveSteps();
        return Math.min(steps, Math.min(epochs.nextEnd(step), point));
    }

    /**
     * How the weights that count do on the validation images; the training goes on as if nobody had asked.
     *
     * @throws DivergedException if the loss there is no finite number: the last step's gradients reach no other loss
     */
    Validation.Score validate() {
        return score(validation);
    }

    /**
     * The same on another split.
     *
     * @param most images that are looked at, rounded up to whole batches
     * @throws DivergedException if the loss there is no finite number
     */
    public Validation.Score score(Split split, int most) {
        return score(new Validation(data, split, most));
    }

    private Validation.Score score(Validation validation) {
        Validation.Score[] score = new Validation.Score[1];
        learner.settle(() -> score[0] = validation.run(learner.plan()));
        if (!Double.isFinite(score[0].loss())) {
            throw new DivergedException(progress.step(), learner.rate(progress.step() - 1), score[0].loss());
        }
        return score[0];
    }

    private CurvePoint point(Validation.@Nullable Score score) {
        return new CurvePoint(
                progress.step(),
                steps,
                epochs.at(progress.step()),
                learner.rate(progress.step() - 1),
                progress.meanLoss(),
                progress.accuracy(),
                score == null ? null : score.loss(),
                score == null ? null : score.accuracy());
    }

    private Identity identity() {
        return Identity.of(network, parameters, data, teacher);
    }

    private void closeImages() {
        if (images != null) {
            images.close();
            images = null;
        }
    }

    @Override
    public void close() {
        closeImages();
        learner.close();
    }
}
