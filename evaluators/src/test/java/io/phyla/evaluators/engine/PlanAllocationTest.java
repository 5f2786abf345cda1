package io.phyla.evaluators.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.phyla.evaluators.OwnProcess;
import io.phyla.evaluators.engine.Execution.Mode;
import io.phyla.evaluators.program.Programs;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Shape;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** Steps of training leave nothing for the garbage collector. */
class PlanAllocationTest {

    private static final int STEPS = 50;

    /** Bytes per step that are nobody's: of reading the counter itself. */
    private static final long LEFT = 64;

    @Test
    void stepsOfTrainingDoNotAllocate() throws Exception {
        assertThat(Long.parseLong(OwnProcess.lastLine(Measured.class))).isLessThan(LEFT);
    }

    /** Prints the bytes that a step allocates once it is compiled. */
    static final class Measured {
        public static void main(String[] args) {
            try (Plan plan = Plan.compile(network(), 1, 1L << 30)) {
                new Initialization(1).load(plan);
                long bytes = perStep(plan);
                for (int round = 0; round < 1000 && bytes >= LEFT; round++) {
                    bytes = perStep(plan);
                }
                System.out.println(bytes);
            }
        }
    }

    private static long perStep(Plan plan) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < STEPS; i++) {
            plan.noise(i);
            plan.forward(Mode.TRAINING);
            plan.track();
            plan.backwardToParameters();
        }
        return (threads.getCurrentThreadAllocatedBytes() - before) / STEPS;
    }

    private static Network network() {
        Network.Builder builder = new Network.Builder(new Shape(3, 8, 8));
        int stem = builder.add("stem", Layer.Convolution.of(16, 3, 1, 1), 0);
        int norm = builder.add("norm", Layer.BatchNormalization.DEFAULT, stem);
        int relu = builder.add("relu", Layer.Activation.RELU, norm);
        int second = builder.add("second", Layer.Convolution.of(16, 3, 1, 1), relu);
        int groups = builder.add("groups", new Layer.GroupNormalization(4, 1e-5), second);
        int program = builder.add("program", new Layer.Program(Programs.b0()), groups);
        int sum = builder.add("sum", new Layer.Add(), program, relu);
        int rectified = builder.add("rectified", Layer.Activation.RELU, sum);
        int mean = builder.add("mean", new Layer.GlobalPooling(), rectified);
        int excited = builder.add("excited", new Layer.Multiply(), rectified, mean);
        int dropped = builder.add("dropped", new Layer.Dropout(0.3), excited);
        int joined = builder.add("joined", new Layer.Concat(), dropped, stem);
        int shuffled = builder.add("shuffled", new Layer.PixelShuffle(2), joined);
        int cut = builder.add("cut", new Layer.Pad(-1, 2, 1, -1), shuffled);
        int pooled = builder.add("pooled", Layer.Pooling.average(2, 2, 0), cut);
        int flat = builder.add("flat", new Layer.Flatten(), pooled);
        builder.add("classifier", new Layer.Linear(10, true), flat);
        return builder.build();
    }
}
