package io.phyla.evaluators.training;

import io.phyla.evaluators.data.Dataset;
import io.phyla.evaluators.engine.Execution.Mode;
import io.phyla.evaluators.engine.MemoryLimitException;
import io.phyla.evaluators.engine.Plan;
import io.phyla.evaluators.training.loss.CrossEntropy;
import io.phyla.evaluators.training.loss.Targets;
import io.phyla.evaluators.training.optimizer.GradientNorm;
import io.phyla.evaluators.training.optimizer.MovingAverage;
import io.phyla.evaluators.training.optimizer.Optimizer;
import io.phyla.evaluators.training.optimizer.Schedule;
import io.phyla.spaces.design.Network;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A network that learns: its plan with everything that changes in a step. */
final class Learner implements AutoCloseable {

    private final Recipe recipe;
    private final Schedule schedule;
    private final Noise noise;
    private final Plan plan;
    private final CrossEntropy loss;
    private final Optimizer optimizer;
    private final List<MovingAverage> averages = new ArrayList<>();
    private final @Nullable Recalibration recalibration;
    private final @Nullable TeacherPlan teacher;

    /** What gives back the memory that was taken, the last first. */
    private final Deque<Runnable> closings = new ArrayDeque<>();

    /**
     * @param teacher whom it learns from beside the labels; null if nobody
     * @param steps of the whole training
     * @param maxBytes for all native memory
     * @throws MemoryLimitException before memory beyond it is allocated, if it would take more
     */
    Learner(
            Network network,
            Recipe recipe,
            Dataset data,
            @Nullable Teacher teacher,
            long steps,
            long seed,
            long maxBytes) {
        this.recipe = recipe;
        schedule = recipe.schedule(steps);
        noise = new Noise(seed);
        int classes = Math.toIntExact(network.output().elements());
        loss = new CrossEntropy(classes, recipe.labelSmoothing(), teacher == null ? null : teacher.distillation());
        try {
            long left = Math.max(0, maxBytes - ownBytes(network, recipe));
            TeacherPlan taught = teacher == null ? null : new TeacherPlan(teacher, recipe.batch(), left);
            if (taught != null) {
                closings.push(taught::close);
            }
            this.teacher = taught;
            plan = compile(network, recipe.batch(), left, taught == null ? 0 : taught.bytes());
            closings.push(plan::close);
            recipe.initialize(plan, seed);
            optimizer = new Optimizer(recipe.rule(), recipe.decay(), recipe.decayEverything(), plan);
            closings.push(optimizer::close);
            if (recipe.ema() > 0) {
                average(plan.parametersSegment());
                average(plan.statisticsSegment());
            }
            recalibration = recipe.recalibrationBatches() == 0
                    ? null
                    : new Recalibration(plan, data, recipe.recalibrationBatches(), seed);
            if (recalibration != null) {
                closings.push(recalibration::close);
            }
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /** @param taken by a teacher, of the bytes that there are */
    private static Plan compile(Network network, int batch, long maxBytes, long taken) {
        try {
            return Plan.compile(network, batch, maxBytes - taken);
        } catch (MemoryLimitException e) {
            throw taken == 0 ? e : e.under("beside a teacher of %,d bytes".formatted(taken));
        }
    }

    private void average(MemorySegment vector) {
        MovingAverage average = new MovingAverage(vector, recipe.ema());
        closings.push(average::close);
        averages.add(average);
    }

    /** Bytes beside the plan's. */
    private static long ownBytes(Network network, Recipe recipe) {
        int averaged = recipe.ema() > 0 ? 1 : 0;
        int restored = recipe.recalibrationBatches() > 0 ? 1 : 0;
        return (recipe.rule().memories() + averaged) * Plan.parametersBytes(network)
                + (averaged + restored) * Plan.statisticsBytes(network);
    }

    /** Native memory that it holds, but for the teacher's. */
    long bytes() {
        return plan.bytes() + ownBytes(plan.network(), recipe);
    }

    Plan plan() {
        return plan;
    }

    CrossEntropy loss() {
        return loss;
    }

    double rate(long step) {
        return schedule.rate(step);
    }

    /**
     * One step on the images that the plan holds.
     *
     * @param number from 0
     */
    void step(long number, Targets targets) {
        MemorySegment taught = teacher == null ? MemorySegment.NULL : teacher.logits(plan.imagesSegment());
        plan.noise(noise.step(number));
        plan.forward(Mode.TRAINING);
        loss.compute(plan.outputSegment(), targets, taught, plan.outputGradientSegment());
        double rate = schedule.rate(number);
        if (!Double.isFinite(loss.loss())) {
            throw new DivergedException(number + 1, rate, loss.loss());
        }
        plan.backwardToParameters();
        plan.track();
        double factor = recipe.clipNorm() == 0
                ? 1
                : GradientNorm.factor(GradientNorm.of(plan.gradientsSegment()), recipe.clipNorm());
        optimizer.step(rate, factor);
        for (int i = 0; i < averages.size(); i++) {
            averages.get(i).update(number + 1);
        }
    }

    /** Everything that a step leaves to the next one, in a fixed order. */
    List<MemorySegment> state() {
        List<MemorySegment> state = new ArrayList<>();
        state.add(plan.parametersSegment());
        state.add(plan.statisticsSegment());
        state.addAll(optimizer.memories());
        averages.forEach(average -> state.add(average.segment()));
        return state;
    }

    /** Goes on after a restored state. */
    void resume(long step) {
        optimizer.resume(step);
    }

    /** Does something with the weights that count, averaged and recalibrated if the recipe says so; then all is as before. */
    void settle(Runnable use) {
        averages.forEach(MovingAverage::exchange);
        try {
            if (recalibration == null) {
                use.run();
            } else {
                recalibration.around(use);
            }
        } finally {
            averages.forEach(MovingAverage::exchange);
        }
    }

    @Override
    public void close() {
        closings.forEach(Runnable::run);
        closings.clear();
    }
}
