package io.phyla.evaluators.program;

/**
 * Runs lists of kernels: six numbers for each, its code and up to five addresses. Dispatch by a switch over static calls costs a
 * few nanoseconds a tile, nothing is allocated.
 */
final class Interpreter {

    /** Numbers per instruction. */
    static final int WIDTH = 6;

    static final int COPY = 0;
    static final int ADD = 1;
    static final int ADD3 = 2;
    static final int MULTIPLY = 3;
    static final int MULTIPLY3 = 4;
    static final int MULTIPLY_ADD = 5;
    static final int ADD_MULTIPLY = 6;
    static final int ADD_MULTIPLY_ADD = 7;
    static final int TWO_PRODUCTS = 8;
    static final int MAXIMUM = 9;
    static final int NEGATE = 10;
    static final int SQUARE = 11;
    static final int ABSOLUTE = 12;
    static final int TAIL = 13;
    static final int TAIL_OF_DOUBLE = 14;
    static final int SIGMOID = 15;
    static final int SIGMOID_MULTIPLY = 16;
    static final int TANH = 17;
    static final int EXPONENTIAL = 18;
    static final int LOGARITHM = 19;
    static final int ROOT = 20;
    static final int RECIPROCAL = 21;
    static final int RECIPROCAL_OF_MAXIMUM = 22;
    static final int NOT_LESS = 23;
    static final int LESS = 24;
    static final int NOT_LESS_OF_PRODUCT = 25;
    static final int LESS_OF_PRODUCT = 26;
    static final int TAIL_SLOPE = 27;
    static final int TAIL_SLOPE_OF_PRODUCT = 28;
    static final int TAIL_OF_DOUBLE_SLOPE = 29;
    static final int SQUARE_SLOPE = 30;
    static final int ABSOLUTE_SLOPE = 31;
    static final int LOGARITHM_SLOPE = 32;
    static final int ROOT_SLOPE = 33;
    static final int RECIPROCAL_SLOPE = 34;
    static final int RECIPROCAL_SLOPE_OF_PRODUCT = 35;
    static final int SUM = 36;
    static final int SUM_OF_PRODUCTS = 37;
    /** Sums of what the first tile's first row is taken off from. */
    static final int CENTERED = 38;

    private Interpreter() {}

    /**
     * @param row bytes of a row of sums
     * @param size bytes of the tile, exact
     * @param first whether it is a sample's first tile
     */
    static void run(long[] code, float epsilon, long row, long size, boolean first) {
        long n = Kernels.whole(size);
        for (int i = 0; i < code.length; i += WIDTH) {
            long d = code[i + 1];
            long a = code[i + 2];
            long b = code[i + 3];
            long c = code[i + 4];
            long e = code[i + 5];
            switch ((int) code[i]) {
                case COPY -> Kernels.kCopy(d, a, n);
                case ADD -> Kernels.kAdd(d, a, b, n);
                case ADD3 -> Kernels.kAdd3(d, a, b, c, n);
                case MULTIPLY -> Kernels.kMultiply(d, a, b, n);
                case MULTIPLY3 -> Kernels.kMultiply3(d, a, b, c, n);
                case MULTIPLY_ADD -> Kernels.kMultiplyAdd(d, a, b, c, n);
                case ADD_MULTIPLY -> Kernels.kAddMultiply(d, a, b, c, n);
                case ADD_MULTIPLY_ADD -> Kernels.kAddMultiplyAdd(d, a, b, c, e, n);
                case TWO_PRODUCTS -> Kernels.kTwoProducts(d, a, b, c, e, n);
                case MAXIMUM -> Kernels.kMaximum(d, a, b, n);
                case NEGATE -> Kernels.kNegate(d, a, n);
                case SQUARE -> Kernels.kSquare(d, a, n);
                case ABSOLUTE -> Kernels.kAbsolute(d, a, n);
                case TAIL -> Kernels.kTail(d, a, n);
                case TAIL_OF_DOUBLE -> Kernels.kTailOfDouble(d, a, n);
                case SIGMOID -> Kernels.kSigmoid(d, a, b, n);
                case SIGMOID_MULTIPLY -> Kernels.kSigmoidMultiply(d, a, b, c, n);
                case TANH -> Kernels.kTanh(d, a, b, n);
                case EXPONENTIAL -> Kernels.kExponential(d, a, n);
                case LOGARITHM -> Kernels.kLogarithm(d, a, epsilon, n);
                case ROOT -> Kernels.kRoot(d, a, epsilon, n);
                case RECIPROCAL -> Kernels.kReciprocal(d, a, epsilon, n);
                case RECIPROCAL_OF_MAXIMUM -> Kernels.kReciprocalOfMaximum(d, a, b, epsilon, n);
                case NOT_LESS -> Kernels.kNotLess(d, a, b, c, n);
                case LESS -> Kernels.kLess(d, a, b, c, n);
                case NOT_LESS_OF_PRODUCT -> Kernels.kNotLessOfProduct(d, a, b, c, e, n);
                case LESS_OF_PRODUCT -> Kernels.kLessOfProduct(d, a, b, c, e, n);
                case TAIL_SLOPE -> Kernels.kTailSlope(d, a, b, n);
                case TAIL_SLOPE_OF_PRODUCT -> Kernels.kTailSlopeOfProduct(d, a, b, c, n);
                case TAIL_OF_DOUBLE_SLOPE -> Kernels.kTailOfDoubleSlope(d, a, b, n);
                case SQUARE_SLOPE -> Kernels.kSquareSlope(d, a, b, n);
                case ABSOLUTE_SLOPE -> Kernels.kAbsoluteSlope(d, a, b, n);
                case LOGARITHM_SLOPE -> Kernels.kLogarithmSlope(d, a, b, epsilon, n);
                case ROOT_SLOPE -> Kernels.kRootSlope(d, a, b, epsilon, n);
                case RECIPROCAL_SLOPE -> Kernels.kReciprocalSlope(d, a, b, epsilon, n);
                case RECIPROCAL_SLOPE_OF_PRODUCT -> Kernels.kReciprocalSlopeOfProduct(d, a, b, c, epsilon, n);
                case SUM -> KernelSums.kSum(d, a, row, size);
                case SUM_OF_PRODUCTS -> KernelSums.kSumOfProducts(d, a, b, row, size);
                case CENTERED -> {
                    if (first) {
                        Kernels.kCopy(b, a, Math.min(row, n));
                    }
                    KernelSums.kCentered(d, e, a, b, row, size);
                }
                default -> throw new IllegalStateException("there is no kernel " + code[i]);
            }
        }
    }
}
