package io.phyla.evaluators.program;

/**
 * What a {@link Value} is made by. Costs are counted in additions, as measured on tiles: they decide what is worth keeping in
 * memory instead of being worked out again.
 */
enum Op {
    /** The layer's input. */
    INPUT(Kind.STREAM, 0),
    /** The gradient with respect to the layer's output. */
    GRADIENT(Kind.STREAM, 0),
    /** A trained vector, scale or shift, by its number. */
    PARAMETER(Kind.GIVEN, 0),
    /** A moment out of moving averages, by its number. */
    MOVING(Kind.GIVEN, 0),
    /** A number. */
    CONSTANT(Kind.GIVEN, 0),

    ADD(Kind.ELEMENTWISE, 1),
    MULTIPLY(Kind.ELEMENTWISE, 1),
    MAXIMUM(Kind.ELEMENTWISE, 1.3),
    NEGATE(Kind.ELEMENTWISE, 1),
    SQUARE(Kind.ELEMENTWISE, 1),
    ABSOLUTE(Kind.ELEMENTWISE, 1),
    /** 1 / (1 + exp(|a|)), the costly part of sigmoid and slope, accurate however large a is. */
    TAIL(Kind.ELEMENTWISE, 8),
    /** 1 / (1 + exp(2 |a|)), the same of tanh. */
    TAIL_OF_DOUBLE(Kind.ELEMENTWISE, 8),
    /** sigmoid(b), where a is its tail. */
    SIGMOID(Kind.ELEMENTWISE, 1.3),
    /** tanh(b), where a is its tail of the double. */
    TANH(Kind.ELEMENTWISE, 2),
    EXPONENTIAL(Kind.ELEMENTWISE, 7),
    /** sign(a) * ln(|a| + epsilon). */
    LOGARITHM(Kind.ELEMENTWISE, 9),
    /** sign(a) * sqrt(|a| + epsilon). */
    ROOT(Kind.ELEMENTWISE, 3),
    /** 1 / (sgn1(a) * max(|a|, epsilon)). */
    RECIPROCAL(Kind.ELEMENTWISE, 3),

    /** a where b >= c, else 0. */
    NOT_LESS(Kind.ELEMENTWISE, 1.3),
    /** 0 where b >= c, else a. */
    LESS(Kind.ELEMENTWISE, 1.3),
    /** a * b * (1 - b), where b is a tail. */
    TAIL_SLOPE(Kind.ELEMENTWISE, 1),
    /** 4 * a * b * (1 - b), where b is a tail of the double. */
    TAIL_OF_DOUBLE_SLOPE(Kind.ELEMENTWISE, 1),
    /** 2 * a * b. */
    SQUARE_SLOPE(Kind.ELEMENTWISE, 1),
    /** a * sign(b). */
    ABSOLUTE_SLOPE(Kind.ELEMENTWISE, 1.3),
    /** a / (|b| + epsilon). */
    LOGARITHM_SLOPE(Kind.ELEMENTWISE, 3),
    /** a / (2 * sqrt(|b| + epsilon)). */
    ROOT_SLOPE(Kind.ELEMENTWISE, 5),
    /** -a * b * b where b is a reciprocal, 0 where its divisor was replaced by epsilon. */
    RECIPROCAL_SLOPE(Kind.ELEMENTWISE, 1.3),

    /** Of each sample's channels the sum over the pixels. */
    SUM(Kind.REDUCTION, 1),
    /** The same of the products of two values. */
    SUM_OF_PRODUCTS(Kind.REDUCTION, 1),
    /** The program's own moments, see {@link Moments}. */
    MOMENT(Kind.REDUCTION, 1.3),
    /** Of sums per channel the sum over the channels of a set, given to each of them. */
    SUM_OF_CHANNELS(Kind.GATHERING, 0),
    /** Of sums per sample the sum over the samples. */
    SUM_OF_SAMPLES(Kind.GATHERING, 0);

    enum Kind {
        /** Comes out of memory, element by element. */
        STREAM,
        /** Known before the run, one number per channel. */
        GIVEN,
        ELEMENTWISE,
        /** From elements to one number per channel. */
        REDUCTION,
        /** From numbers per channel to fewer. */
        GATHERING
    }

    private final Kind kind;
    private final double cost;

    Op(Kind kind, double cost) {
        this.kind = kind;
        this.cost = cost;
    }

    Kind kind() {
        return kind;
    }

    double cost() {
        return cost;
    }
}
