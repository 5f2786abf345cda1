package io.phyla.evaluators.training.optimizer;

/**
 * The learning rate of each step: a linear warm-up {@code base (t + 1) / warmUp}, then a {@link Course} over the steps left.
 *
 * @param base the rate that the warm-up reaches and the course starts from
 * @param warmUp steps, 0 for none
 * @param steps of the whole training
 */
public record Schedule(double base, long warmUp, Course course, long steps) {

    /** @throws IllegalArgumentException if the warm-up does not end within the training */
    public Schedule {
        if (warmUp < 0 || warmUp > steps) {
            throw new IllegalArgumentException(
                    "a warm-up of " + warmUp + " steps does not fit into a training of " + steps);
        }
    }

    /** How the rate goes on after the warm-up. */
    public sealed interface Course {

        /** @return the part of the base rate after {@code step} of {@code steps} */
        double factor(long step, long steps);

        /** The same rate to the end. */
        record Constant() implements Course {
            @Override
            public double factor(long step, long steps) {
                return 1;
            }
        }

        /** Multiplied by gamma after every so many steps, at once. */
        record Stairs(long every, double gamma) implements Course {
            @Override
            public double factor(long step, long steps) {
                return StrictMath.pow(gamma, step / every);
            }
        }

        /** Multiplied by gamma over so many steps, a little in each. */
        record Exponential(long every, double gamma) implements Course {
            @Override
            public double factor(long step, long steps) {
                return StrictMath.pow(gamma, (double) step / every);
            }
        }

        /** Half a cosine down to nothing (Loshchilov and Hutter, ICLR 2017): {@code (1 + cos(pi t / T)) / 2}. */
        record Cosine() implements Course {
            @Override
            public double factor(long step, long steps) {
                return (1 + StrictMath.cos(Math.PI * step / steps)) / 2;
            }
        }
    }

    /** @param step from 0 */
    public double rate(long step) {
        return step < warmUp
                ? base * (step + 1) / warmUp
                : base * course.factor(step - warmUp, Math.max(steps - warmUp, 1));
    }
}
