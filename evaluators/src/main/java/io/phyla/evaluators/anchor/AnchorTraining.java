package io.phyla.evaluators.anchor;

import io.phyla.evaluators.data.Dataset;
import io.phyla.evaluators.data.Dataset.Split;
import io.phyla.evaluators.training.Trainer;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.NetworkCost;

/** A layer's training in one anchor, with the work that it was. */
final class AnchorTraining implements AutoCloseable {

    /** Of a step, in forward runs: one forward, one backward to the features and one to the weights. */
    static final int RUNS_PER_STEP = 3;

    private final Station station;
    private final AnchorParameters parameters;
    private final Dataset data;
    private final Network network;
    private final Trainer trainer;
    private double images;

    /** @throws io.phyla.evaluators.engine.MemoryLimitException if it would take more than so many bytes */
    AnchorTraining(
            Station station,
            LayerProgram program,
            AnchorParameters parameters,
            Dataset data,
            long seed,
            long maxBytes) {
        this.station = station;
        this.parameters = parameters;
        this.data = data;
        network = station.with(program, parameters.place());
        trainer = Trainer.open(network, parameters.training(station.anchor(), station.seed(seed)), data, maxBytes);
    }

    Anchor anchor() {
        return station.anchor();
    }

    Network network() {
        return network;
    }

    long bytes() {
        return trainer.bytes();
    }

    /** MACs that went into it so far. */
    double macs() {
        return images * NetworkCost.of(network).macs();
    }

    /**
     * Accuracy on the first validation images after the gate's steps, from 0 to 1.
     *
     * @throws io.phyla.evaluators.training.DivergedException if the loss is no finite number before
     */
    double afterFirstSteps() {
        train(parameters.quality().steps());
        return accuracy(Split.VALIDATION, parameters.quality().images());
    }

    /** Accuracy after all steps, from 0 to 1. */
    double afterAllSteps() {
        train(parameters.steps() - parameters.quality().steps());
        return accuracy(parameters.split().split(), Integer.MAX_VALUE);
    }

    private void train(long steps) {
        images += (double) RUNS_PER_STEP * parameters.recipe().batch() * steps;
        trainer.trainTo(trainer.step() + steps);
    }

    private double accuracy(Split split, int most) {
        int calibration = parameters.recipe(anchor()).recalibrationBatches();
        images += Math.min(data.count(split), most)
                + (double) calibration * parameters.recipe().batch();
        return trainer.score(split, most).accuracy();
    }

    @Override
    public void close() {
        trainer.close();
    }
}
