package io.phyla.evaluators.program;

import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.LayerProgram.Node;
import io.phyla.spaces.design.LayerProgram.Vector;
import io.phyla.spaces.design.Operation;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether this process has compiled the kernels well: now and then a compiler runs out of some budget, and then they are
 * several times slower for the process's whole life. A known program is timed against a chain of dependent multiplications, which
 * take as many cycles everywhere, in CPU time of the same thread, so that neither the machine nor its load matters much. Before
 * that the kernels are warmed up, which costs about two seconds and is done for nobody who never runs a program.
 */
public final class KernelCheck {

    /** Seconds of CPU time that warming up and timing may take, each. */
    private static final double SECONDS = Double.parseDouble(System.getProperty("phyla.kernels.seconds", "3"));

    /**
     * Links of the chain that a forward and a backward run of EvoNorm-S0 may take per element: three times as many as well-compiled
     * kernels take.
     */
    private static final double MOST = 12;

    private static final int LINKS = 100_000;
    private static final AtomicReference<@Nullable DoubleConsumer> SLOW = new AtomicReference<>();

    /** Keeps the compiler from leaving the chain out. */
    private static volatile float end;

    private KernelCheck() {}

    /**
     * From now on the first program that is compiled in this process has the kernels checked before.
     *
     * @param slow told how many times slower than they may be they are, if they are
     */
    public static void arm(DoubleConsumer slow) {
        SLOW.set(slow);
    }

    /** Does what {@link #arm} asks for, once. */
    public static void beforePrograms() {
        DoubleConsumer slow = SLOW.getAndSet(null);
        if (slow != null) {
            KernelWarmUp.run(SECONDS);
            double share = best() / MOST;
            if (share > 1) {
                slow.accept(share);
            }
        }
    }

    /** The least links per element until it is good or the time is over; code may still be compiled meanwhile. */
    private static double best() {
        double best = Double.POSITIVE_INFINITY;
        try (Arena arena = Arena.ofConfined()) {
            FusedProgram program = KernelWarmUp.bound(s0(), arena);
            double started = seconds();
            do {
                double before = seconds();
                chain();
                double turn = seconds();
                program.forward();
                program.backward();
                double link = (turn - before) / LINKS;
                best = Math.min(best, (seconds() - turn) / KernelWarmUp.ELEMENTS / link);
            } while (best > MOST && seconds() - started < SECONDS);
        }
        return best;
    }

    private static void chain() {
        float x = 0;
        for (int i = 0; i < LINKS; i++) {
            x = x * 0.5f + 1;
        }
        end = x;
    }

    private static double seconds() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
    }

    private static LayerProgram s0() {
        return new LayerProgram(
                List.of(new Vector("v0", 0), new Vector("v1", 1)),
                List.of(
                        Node.of(Operation.MUL, LayerProgram.X, 3),
                        Node.of(Operation.SIGMOID, 4),
                        Node.of(Operation.MUL, LayerProgram.X, 5),
                        Node.of(Operation.STD_WHCG, LayerProgram.X),
                        Node.of(Operation.DIV, 6, 7)),
                8,
                true,
                4,
                LayerProgram.EPSILON);
    }
}
