package io.phyla.evaluators.training;

import io.phyla.evaluators.data.stream.Augmentation;
import io.phyla.evaluators.engine.Initialization;
import io.phyla.evaluators.engine.Plan;
import io.phyla.evaluators.training.optimizer.Adam;
import io.phyla.evaluators.training.optimizer.RmsProp;
import io.phyla.evaluators.training.optimizer.Rule;
import io.phyla.evaluators.training.optimizer.Schedule;
import io.phyla.evaluators.training.optimizer.Schedule.Course;
import io.phyla.evaluators.training.optimizer.Sgd;
import io.phyla.spaces.schema.Param;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How a network is trained, whatever it is trained on and for how long. */
public record Recipe(
        @Param(description = "Images per step", min = 2, max = 4096, byDefault = "64")
        int batch,

        @Param(description = "Update rule, as PyTorch's of the same name", byDefault = "\"sgd\"")
        OptimizerKind optimizer,

        @Param(
                description = "Learning rate after the warm-up; if left out 0.1 for sgd, 0.001 for adam and adamw, 0.01"
                        + " for rmsprop",
                min = 1e-9,
                max = 100)
        @Nullable
        Double learningRate,

        @Param(
                description = "Momentum of sgd and rmsprop; if left out 0.9 for sgd, 0 for rmsprop",
                min = 0,
                max = 0.9999)
        @Nullable
        Double momentum,

        @Param(description = "Nesterov's form of sgd's momentum", byDefault = "false")
        boolean nesterov,

        @Param(description = "Adam's decay of the mean gradient", min = 0, max = 0.9999, byDefault = "0.9")
        double beta1,

        @Param(description = "Adam's decay of the mean square", min = 0, max = 0.999999, byDefault = "0.999")
        double beta2,

        @Param(description = "RMSProp's decay of the mean square", min = 0, max = 0.999999, byDefault = "0.99")
        double alpha,

        @Param(description = "Summand in the denominator of adam and rmsprop", min = 0, max = 1, byDefault = "1e-8")
        double epsilon,

        @Param(
                description = "Weight decay; if left out 0.0005 for sgd, 0.01 for adamw, 0 for adam and rmsprop",
                min = 0,
                max = 10)
        @Nullable
        Double weightDecay,

        @Param(
                description = "Whether weight decay applies to biases and normalisation's scale and shift, too",
                byDefault = "false")
        boolean decayEverything,

        @Param(description = "How the learning rate goes on after the warm-up", byDefault = "\"cosine\"")
        ScheduleKind schedule,

        @Param(description = "Steps of linear warm-up", min = 0, max = 1e9, byDefault = "0")
        long warmUpSteps,

        @Param(
                description = "Steps over which the schedules step and exponential multiply the rate once",
                min = 1,
                max = 1e9,
                byDefault = "1000")
        long decaySteps,

        @Param(
                description = "What the schedules step and exponential multiply the rate by",
                min = 1e-6,
                max = 1,
                byDefault = "0.1")
        double decayFactor,

        @Param(
                description = "Part of the target that is spread evenly over all classes",
                min = 0,
                max = 0.9,
                byDefault = "0")
        double labelSmoothing,

        @Param(
                description =
                        "Largest Euclidean norm of all gradients together; longer ones are shortened to it. 0: none",
                min = 0,
                max = 1e9,
                byDefault = "0")
        double clipNorm,

        @Param(
                description = "Decay of the weights' moving average, which is validated and kept in the end. 0: none",
                min = 0,
                max = 0.999999,
                byDefault = "0")
        double ema,

        @Param(
                description =
                        "Training batches that normalisation's statistics are measured on again before weights are"
                                + " validated or kept, for the moving ones lag behind and do not belong to averaged"
                                + " weights. 0: none",
                min = 0,
                max = 10000,
                byDefault = "0")
        int recalibrationBatches,

        @Param(
                description =
                        "How convolutions' weights are drawn: uniform in +-1/sqrt(fan-in), as PyTorch does, or wide,"
                                + " in +-sqrt(6/fan-in), for networks that do not normalise (He et al., ICCV 2015);"
                                + " uniform if left out")
        @Nullable
        FirstWeights firstWeights,

        @Param(description = "Random changes of the training images", byDefault = "{}")
        Augmentation augmentation) {

    /** @throws IllegalArgumentException naming members that do not go together */
    public Recipe {
        if (nesterov && optimizer != OptimizerKind.SGD) {
            throw new IllegalArgumentException("nesterov belongs to the optimizer sgd");
        }
        if (momentum != null && momentum != 0 && optimizer != OptimizerKind.SGD && optimizer != OptimizerKind.RMSPROP) {
            throw new IllegalArgumentException("momentum belongs to the optimizers sgd and rmsprop; leave it out");
        }
        if (nesterov && momentum != null && momentum == 0) {
            throw new IllegalArgumentException("nesterov needs a momentum above 0");
        }
    }

    /** Courses of the learning rate by name. */
    public enum ScheduleKind {
        CONSTANT,
        STEP,
        COSINE,
        EXPONENTIAL
    }

    /** Where weights start, by name. */
    public enum FirstWeights {
        UNIFORM,
        WIDE
    }

    /** The same with another learning rate and as many batches to measure normalisation's statistics on. */
    public Recipe with(@Nullable Double rate, int recalibration) {
        return new Recipe(
                batch,
                optimizer,
                rate,
                momentum,
                nesterov,
                beta1,
                beta2,
                alpha,
                epsilon,
                weightDecay,
                decayEverything,
                schedule,
                warmUpSteps,
                decaySteps,
                decayFactor,
                labelSmoothing,
                clipNorm,
                ema,
                recalibration,
                firstWeights,
                augmentation);
    }

    /** Sets a plan's parameters to those of a seed. */
    public void initialize(Plan plan, long seed) {
        Initialization initialization = new Initialization(seed);
        switch (Objects.requireNonNullElse(firstWeights, FirstWeights.UNIFORM)) {
            case UNIFORM -> initialization.load(plan);
            case WIDE -> initialization.loadWide(plan);
        }
    }

    Rule rule() {
        double inertia = Objects.requireNonNullElse(momentum, optimizer.momentum());
        return switch (optimizer) {
            case SGD -> new Sgd(inertia, nesterov);
            case ADAM -> new Adam(beta1, beta2, epsilon, false);
            case ADAMW -> new Adam(beta1, beta2, epsilon, true);
            case RMSPROP -> new RmsProp(alpha, epsilon, inertia);
        };
    }

    double decay() {
        return Objects.requireNonNullElse(weightDecay, optimizer.decay());
    }

    /** @throws IllegalArgumentException if the warm-up is longer than the training */
    public Schedule schedule(long steps) {
        Course course = switch (schedule) {
            case CONSTANT -> new Course.Constant();
            case STEP -> new Course.Stairs(decaySteps, decayFactor);
            case COSINE -> new Course.Cosine();
            case EXPONENTIAL -> new Course.Exponential(decaySteps, decayFactor);
        };
        return new Schedule(Objects.requireNonNullElse(learningRate, optimizer.rate()), warmUpSteps, course, steps);
    }
}
