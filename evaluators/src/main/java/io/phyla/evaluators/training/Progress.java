package io.phyla.evaluators.training;

import io.phyla.evaluators.training.loss.CrossEntropy;

/**
 * How far a training is, with the sums since the curve's last point.
 *
 * @param step steps done
 * @param losses sum of each sample's loss
 * @param right samples named right
 * @param samples seen
 */
record Progress(long step, double losses, double right, long samples) {

    static final Progress NONE = new Progress(0, 0, 0, 0);

    Progress after(CrossEntropy loss, int batch) {
        return new Progress(step + 1, losses + loss.loss() * batch, right + loss.right(), samples + batch);
    }

    /** The sums start again. */
    Progress fromHere() {
        return new Progress(step, 0, 0, 0);
    }

    double meanLoss() {
        return losses / samples;
    }

    double accuracy() {
        return right / samples;
    }
}
