package io.phyla.evaluators.training;

/** A training whose numbers have left the finite; going on would teach nothing. */
public final class DivergedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DivergedException(long step, double rate, double loss) {
        super("the loss is " + loss + " at step " + step + ", with learning rate " + rate
                + "; a smaller rate, a longer warm-up or clipped gradients would help");
    }
}
