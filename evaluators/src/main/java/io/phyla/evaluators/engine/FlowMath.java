package io.phyla.evaluators.engine;

/**
 * Functions that do not follow a scaling of their argument, in double, as FLOW needs them. Arguments may be infinite, where
 * the true value is beyond double's range.
 */
enum FlowMath {
    RELU6(false) {
        @Override
        double value(double x) {
            return Math.clamp(x, 0, 6);
        }

        @Override
        double slope(double y) {
            return y > 0 && y < 6 ? 1 : 0;
        }
    },
    SIGMOID(false) {
        @Override
        double value(double x) {
            return 1 / (1 + StrictMath.exp(-x));
        }

        @Override
        double slope(double y) {
            return y * (1 - y);
        }
    },
    TANH(false) {
        @Override
        double value(double x) {
            return StrictMath.tanh(x);
        }

        @Override
        double slope(double y) {
            return 1 - y * y;
        }
    },
    HARD_SIGMOID(false) {
        @Override
        double value(double x) {
            return Math.clamp(x / 6 + 0.5, 0, 1);
        }

        @Override
        double slope(double x) {
            return Math.abs(x) < 3 ? 1.0 / 6 : 0;
        }
    },
    HARD_SWISH(true) {
        @Override
        double value(double x) {
            return HARD_SIGMOID.value(x);
        }

        @Override
        double slope(double x) {
            return x >= 3 ? 1 : x <= -3 ? 0 : x / 3 + 0.5;
        }
    },
    SWISH(true) {
        @Override
        double value(double x) {
            return SIGMOID.value(x);
        }

        @Override
        double slope(double x) {
            double share = SIGMOID.value(x);
            // The second term vanishes far out, where it would be infinity times zero.
            return Math.abs(x) > FAR ? share : share + x * share * (1 - share);
        }
    },
    GELU(true) {
        @Override
        double value(double x) {
            return Math.abs(x) > FAR ? (x > 0 ? 1 : 0) : NormalDistribution.cumulative(x);
        }

        @Override
        double slope(double x) {
            return value(x) + (Math.abs(x) > FAR ? 0 : x * NormalDistribution.density(x));
        }
    };

    /** Where exponentials have gone to 0 or infinity. */
    private static final double FAR = 800;

    private final boolean share;

    FlowMath(boolean share) {
        this.share = share;
    }

    /** Whether {@link #value} is what part of the argument gets through, so that the function itself is x * value(x). */
    boolean share() {
        return share;
    }

    abstract double value(double x);

    /** The derivative, at the output for functions whose kernels read the output, else at the input. */
    abstract double slope(double at);

    /** Whether the function is x itself, or 0 where x is negative and the function is never, for vanishing arguments. */
    boolean vanishes() {
        return this == RELU6 || this == TANH;
    }
}
