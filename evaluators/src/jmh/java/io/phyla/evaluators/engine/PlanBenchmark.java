package io.phyla.evaluators.engine;

import io.phyla.evaluators.engine.Execution.Mode;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Shape;
import io.phyla.spaces.nb201.CellString;
import io.phyla.spaces.nb201.Nb201Parameters;
import io.phyla.spaces.nb201.Nb201Space;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What a network costs to compile and to run: one convolution, one normalisation, one cell network. */
@State(Scope.Thread)
@BenchmarkMode(org.openjdk.jmh.annotations.Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 4, time = 1)
public class PlanBenchmark {

    /** Which network. */
    public enum Subject {
        /** 3x3, 16 to 16 channels, 32 x 32 pixels, batch 64; a mean over the maps keeps the output small. */
        CONVOLUTION(64),
        /** 16 channels, 32 x 32 pixels, batch 64; and the mean. */
        NORMALIZATION(64),
        /** NAS-Bench-201 cells, C = 16, N = 1, 16 x 16 pixels, batch 32. */
        CELLS(32),
        /** The same cells as synaptic flow sees them. */
        CELLS_ALONE(1);

        final int batch;

        Subject(int batch) {
            this.batch = batch;
        }

        Network network() {
            return switch (this) {
                case CONVOLUTION -> single(Layer.Convolution.of(16, 3, 1, 1));
                case NORMALIZATION -> single(Layer.BatchNormalization.DEFAULT);
                case CELLS, CELLS_ALONE ->
                    new Nb201Space(new Nb201Parameters(16, 1, 10, 16))
                            .decode(
                                    CellString.parse(
                                            "|nor_conv_3x3~0|+|nor_conv_3x3~0|nor_conv_3x3~1|+|skip_connect~0|nor_conv_3x3~1|nor_conv_1x1~2|"));
            };
        }

        private static Network single(Layer layer) {
            Network.Builder builder = new Network.Builder(new Shape(16, 32, 32));
            builder.add("layer", layer, 0);
            builder.add("pool", new Layer.GlobalPooling(), 1);
            return builder.build();
        }
    }

    @Param
    public Subject subject;

    private Network network;
    private Plan plan;
    private double[] slope;

    @Setup(Level.Trial)
    public void compileOnce() {
        network = subject.network();
        plan = Plan.compile(network, subject.batch, 1L << 31);
        SplittableRandom random = new SplittableRandom(1);
        float[] images =
                new float[Math.toIntExact(subject.batch * network.input().elements())];
        for (int i = 0; i < images.length; i++) {
            images[i] = (float) random.nextDouble(-1, 1);
        }
        plan.input(images);
        Initialization initialization = new Initialization(1);
        plan.parameters()
                .forEach(
                        p -> plan.load(p, initialization.draw(plan.parameters()).get(p.index())));
        slope = new double[Math.toIntExact(subject.batch * network.output().elements())];
        Arrays.fill(slope, 1);
        plan.forward(Mode.TRAINING);
    }

    @TearDown(Level.Trial)
    public void close() {
        plan.close();
    }

    /** With the native kernels in the cache, as for all but the first networks of a search. */
    @Benchmark
    public long compile() {
        try (Plan fresh = Plan.compile(network, subject.batch, 1L << 31)) {
            return fresh.bytes();
        }
    }

    @Benchmark
    public void forward() {
        plan.forward(Mode.TRAINING);
    }

    @Benchmark
    public void forwardBackward() {
        plan.forward(Mode.TRAINING);
        plan.backward(slope, true);
    }

    @Benchmark
    public void flow() {
        plan.forward(Mode.FLOW);
        plan.backward(slope, true);
    }
}
