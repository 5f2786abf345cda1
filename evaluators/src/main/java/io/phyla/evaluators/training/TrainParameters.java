package io.phyla.evaluators.training;

import io.phyla.spaces.schema.Param;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** How candidates are trained for a short time. */
public record TrainParameters(
        @Param(
                description = "Data set: glyphs or gratings, which are built in, or the name of a registered file; its"
                        + " classes and images have to be those of the space",
                min = 1,
                max = 200,
                byDefault = "\"glyphs\"")
        String data,

        @Param(description = "Steps that a candidate is trained for", min = 1, max = 10000000, byDefault = "200")
        long steps,

        @Param(description = "How candidates are trained", byDefault = "{}")
        Recipe recipe,

        @Param(
                description = "A trained network that candidates learn from beside the labels (distillation); if left"
                        + " out, none")
        @Nullable
        TeacherParameters teacher,

        @Param(
                description =
                        "Successive halving: how often, before the last step, candidates are validated and stopped"
                                + " if they do not keep up with the reference sample. 0: all are trained to the end",
                min = 0,
                max = 6,
                byDefault = "0")
        int halvings,

        @Param(
                description = "With halvings, each budget is so many times the one before, and as small a part of the"
                        + " reference sample goes on",
                min = 2,
                max = 10,
                byDefault = "3")
        int reduction,

        @Param(
                description = "Designs of the space that are trained first, when a worker takes the search up, to know"
                        + " what is good after few steps; with halvings only",
                min = 2,
                max = 200,
                byDefault = "9")
        int referenceDesigns,

        @Param(description = "Chooses the reference sample and trains it", byDefault = "1")
        long referenceSeed) {

    /** @throws IllegalArgumentException naming members that do not go together */
    public TrainParameters {
        recipe.schedule(steps);
        if (halvings > 0 && steps / power(reduction, halvings) < 1) {
            throw new IllegalArgumentException("halvings: " + steps + " steps cannot be divided by " + reduction + " "
                    + halvings + " times; the first budget would be no step at all");
        }
    }

    /** The training of one candidate. */
    TrainingParameters training(long seed) {
        return new TrainingParameters(data, 1, steps, 1, seed, recipe, teacher);
    }

    /** Budgets in steps at which candidates may be stopped, the smallest first. */
    List<Long> rungs() {
        return LongStream.rangeClosed(1, halvings)
                .map(rung -> steps / power(reduction, halvings + 1 - rung))
                .boxed()
                .toList();
    }

    private static long power(long base, long exponent) {
        long power = 1;
        for (long i = 0; i < exponent; i++) {
            power *= base;
        }
        return power;
    }
}
