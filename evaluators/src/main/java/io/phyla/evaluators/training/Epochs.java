package io.phyla.evaluators.training;

/** Where epochs end in a stream of batches that may reach from one into the next. */
record Epochs(int images, int batch) {

    /** Steps until so many passes are complete. */
    long end(long epochs) {
        return Math.ceilDiv(Math.multiplyExact(epochs, (long) images), batch);
    }

    /** Passes after so many steps, with the started one's fraction. */
    double at(long steps) {
        return (double) steps * batch / images;
    }

    /** The first end of an epoch after so many steps. */
    long nextEnd(long steps) {
        return end(steps * batch / images + 1);
    }

    /** Whether a pass was completed by the last of so many steps. */
    boolean endsAt(long steps) {
        return steps > 0 && nextEnd(steps - 1) == steps;
    }
}
