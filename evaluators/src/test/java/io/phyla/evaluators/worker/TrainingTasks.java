package io.phyla.evaluators.worker;

import io.phyla.search.training.CurvePoint;
import io.phyla.search.training.TrainingLimits;
import io.phyla.search.training.TrainingPool;
import io.phyla.search.training.TrainingPool.Report;
import io.phyla.search.training.TrainingPool.Task;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.NetworkJson;
import io.phyla.spaces.design.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A small training on the glyphs, and what a pool says of it. */
final class TrainingTasks {

    static final int CLASSES = 12;
    static final int SIZE = 16;

    private TrainingTasks() {}

    static Network network() {
        Network.Builder builder = new Network.Builder(new Shape(3, SIZE, SIZE));
        int convolution = builder.add("convolution", Layer.Convolution.of(8, 3, 1, 1), 0);
        int norm = builder.add("norm", Layer.BatchNormalization.DEFAULT, convolution);
        int relu = builder.add("relu", Layer.Activation.RELU, norm);
        int mean = builder.add("mean", new Layer.GlobalPooling(), relu);
        builder.add("classes", new Layer.Linear(CLASSES, true), mean);
        return builder.build();
    }

    static Task task(String id, int steps, int curveSteps) {
        return task(id, steps, curveSteps, new TrainingLimits(1L << 30, 60, 0, 600));
    }

    static Task task(String id, int steps, int curveSteps, TrainingLimits limits) {
        String settings = "{\"training\":{\"steps\":%d,\"curve_steps\":%d,\"seed\":3,\"recipe\":{\"batch\":16}}}"
                .formatted(steps, curveSteps);
        return new Task(id, settings, NetworkJson.write(network()).toString(), limits);
    }

    /** Everything that was said of one training. */
    static final class Heard {

        final List<Report> reports = new ArrayList<>();
        final SortedMap<Long, CurvePoint> curve = new TreeMap<>();
        final CompletableFuture<Report> last = new CompletableFuture<>();

        synchronized void hear(Report report) {
            reports.add(report);
            if (report instanceof Report.Point point) {
                CurvePoint before = curve.put(point.point().step(), point.point());
                if (before != null && !before.equals(point.point())) {
                    last.completeExceptionally(new AssertionError(before + " came again as " + point.point()));
                }
            }
            notifyAll();
            if (report.last()) {
                last.complete(report);
            }
        }

        synchronized void awaitPoints(int count) throws InterruptedException {
            while (curve.size() < count && !last.isDone()) {
                wait(1000);
            }
        }

        Report end() throws Exception {
            return last.get(120, TimeUnit.SECONDS);
        }

        synchronized int started() {
            return (int)
                    reports.stream().filter(Report.Started.class::isInstance).count();
        }
    }

    static Heard train(TrainingPool pool, Task task) {
        Heard heard = new Heard();
        pool.train(task, heard::hear);
        return heard;
    }
}
