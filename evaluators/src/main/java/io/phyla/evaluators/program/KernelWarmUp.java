package io.phyla.evaluators.program;

import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.LayerProgram.Node;
import io.phyla.spaces.design.LayerProgram.Vector;
import io.phyla.spaces.design.Operation;
import io.phyla.spaces.design.Shape;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Runs programs until every kernel is compiled, about two seconds, so that no evaluation pays for it. */
final class KernelWarmUp {

    private static final Shape SHAPE = new Shape(16, 8, 8);
    private static final int BATCH = 8;

    /** Of the batch that it runs. */
    static final int ELEMENTS = BATCH * 16 * 8 * 8;

    private static final int PROGRAMS = 60;
    private static final int STEPS = 60;

    private KernelWarmUp() {}

    /** @param seconds of CPU time at most */
    static void run(double seconds) {
        SplittableRandom random = new SplittableRandom(1);
        long end = nanos() + (long) (1e9 * seconds);
        for (int i = 0; i < PROGRAMS && nanos() < end; i++) {
            try (Arena arena = Arena.ofConfined()) {
                FusedProgram program = bound(random(random), arena);
                for (int step = 0; step < STEPS && nanos() < end; step++) {
                    program.forward();
                    program.backward();
                }
            }
        }
    }

    private static long nanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** All that is drawn has a part in the output: each node takes the one before. */
    private static LayerProgram random(SplittableRandom random) {
        Operation[] table = Operation.values();
        List<Node> nodes = new ArrayList<>();
        for (int value = 4; value < 14; value++) {
            Operation operation = table[random.nextInt(table.length)];
            int last = value == 4 ? LayerProgram.X : value - 1;
            nodes.add(
                    operation.arity() == 1
                            ? Node.of(operation, last)
                            : Node.of(operation, last, random.nextInt(value)));
        }
        return new LayerProgram(
                List.of(new Vector("v0", 0), new Vector("v1", 1)), nodes, 13, true, 4, LayerProgram.EPSILON);
    }

    /** With memory of its own, ready to run. */
    static FusedProgram bound(LayerProgram layer, Arena arena) {
        FusedProgram program = new FusedProgram(layer, BATCH, SHAPE, true);
        long bytes = ELEMENTS * 4L;
        MemorySegment x = arena.allocate(bytes, 64);
        SplittableRandom random = new SplittableRandom(2);
        for (long i = 0; i < ELEMENTS; i++) {
            KernelSums.set(x.address() + 4 * i, (float) random.nextGaussian());
        }
        MemorySegment y = arena.allocate(bytes, 64);
        MemorySegment kept = arena.allocate(Math.max(1, program.keptBytes()), 64);
        MemorySegment scratch = arena.allocate(Math.max(program.forwardBytes(), program.backwardBytes()), 64);
        MemorySegment[] parameters = rows(arena, layer.vectors().size() + 2);
        MemorySegment[] gradients = rows(arena, parameters.length);
        Arrays.stream(parameters).forEach(row -> KernelSums.set(row.address(), 1));
        program.bind(x, y, kept, scratch, parameters, rows(arena, layer.batchMoments().size()));
        program.bindBackward(x, x, y, kept, scratch, gradients);
        return program;
    }

    private static MemorySegment[] rows(Arena arena, int count) {
        return Stream.generate(() -> arena.allocate(SHAPE.channels() * 4L, 64))
                .limit(count)
                .toArray(MemorySegment[]::new);
    }
}
