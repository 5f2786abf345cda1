package io.phyla.evaluators.onnx;

import java.util.List;

/** Counts the elements of constants before they are made, so that a small file cannot ask for large ones. */
final class Budget {

    private static final int MOST_DIMENSIONS = 32;

    private final long most;
    private long left;

    Budget(long elements) {
        most = elements;
        left = elements;
    }

    /**
     * Elements of a tensor that may be made now.
     *
     * @throws Refusal if they cannot be counted or are more than are left
     */
    int take(List<Long> dims) throws Refusal {
        long elements = elements(dims);
        if (elements > left || elements > Integer.MAX_VALUE) {
            throw new Refusal("constants of more than the allowed " + most + " elements in all");
        }
        left -= elements;
        return (int) elements;
    }

    /** The product of dimensions. */
    static long elements(List<Long> dims) throws Refusal {
        if (dims.size() > MOST_DIMENSIONS) {
            throw new Refusal("a tensor of " + dims.size() + " dimensions cannot be read");
        }
        long elements = 1;
        for (long dim : dims) {
            if (dim < 0 || dim > Integer.MAX_VALUE) {
                throw new Refusal("a dimension must be from 0 to " + Integer.MAX_VALUE + ", not " + dim);
            }
            if (dim > 0 && elements > Long.MAX_VALUE / dim) {
                throw new Refusal("its dimensions " + shown(dims) + " have more elements than can be counted");
            }
            elements *= dim;
        }
        return elements;
    }

    static String shown(List<Long> dims) {
        return Labels.shown(dims.toString());
    }
}
