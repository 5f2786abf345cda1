package io.phyla.evaluators.program;

import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.LayerProgram.Node;
import io.phyla.spaces.design.LayerProgram.Vector;
import io.phyla.spaces.design.Operation;
import io.phyla.spaces.design.Shape;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Runs programs until every kernel is compiled, about two seconds, so that no evaluation pays for it. */
final class KernelWarmUp {

    private static final Shape SHAPE = new Shape(16, 8, 8);
    private static final int BATCH = 4;
    private static final int PROGRAMS = 60;
    private static final int STEPS = 60;

    private KernelWarmUp() {}

    static void run() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < PROGRAMS; i++) {
            try (Arena arena = Arena.ofConfined()) {
                run(random(random), arena);
            }
        }
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

    private static void run(LayerProgram layer, Arena arena) {
        FusedProgram program = new FusedProgram(layer, BATCH, SHAPE, true);
        long bytes = BATCH * SHAPE.elements() * Float.BYTES;
        MemorySegment x = arena.allocate(bytes, 64);
        MemorySegment gradient = arena.allocate(bytes, 64);
        MemorySegment result = arena.allocate(bytes, 64);
        MemorySegment kept = arena.allocate(Math.max(1, program.keptBytes()), 64);
        MemorySegment scratch = arena.allocate(Math.max(program.forwardBytes(), program.backwardBytes()), 64);
        MemorySegment[] rows = Stream.generate(() -> arena.allocate(SHAPE.channels() * 4L, 64))
                .limit(4)
                .toArray(MemorySegment[]::new);
        MemorySegment[] moving = new MemorySegment[layer.batchMoments().size()];
        Arrays.fill(moving, rows[0]);
        program.bind(x, result, kept, scratch, rows, moving);
        program.bindBackward(x, gradient, result, kept, scratch, rows);
        for (int i = 0; i < STEPS; i++) {
            program.forward();
            program.backward();
        }
    }
}
