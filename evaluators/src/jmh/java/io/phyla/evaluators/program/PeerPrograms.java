package io.phyla.evaluators.program;

import static io.phyla.spaces.design.Operation.*;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.OperatingSystemMXBean;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.LayerProgram.Node;
import io.phyla.spaces.design.LayerProgram.Vector;
import io.phyla.spaces.design.Operation;
import io.phyla.spaces.design.Shape;
import io.phyla.spaces.schema.Json;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Our side of the comparison of layer programs with PyTorch's operations, at 64,16,16,32, one thread: {@code write FILE COUNT}
 * writes the programs, {@code run FILE} prints for each the milliseconds of CPU time of a forward run, of both runs, and of both
 * in the first hundred steps with the program's compilation.
 */
public final class PeerPrograms {

    private static final int BATCH = 64;
    private static final Shape SHAPE = new Shape(32, 16, 16);
    private static final int GROUP = 4;
    private static final int FEWEST = 5;
    private static final int FIRST = 100;
    private static final int ROUNDS = 31;
    private static final List<Vector> VECTORS = List.of(new Vector("v0", 0), new Vector("v1", 1));

    private PeerPrograms() {}

    public static void main(String[] args) throws IOException {
        Path file = Path.of(args[1]);
        if (args[0].equals("write")) {
            ArrayNode list = Json.MAPPER.createArrayNode();
            programs(Integer.parseInt(args[2])).forEach((name, program) -> {
                ObjectNode item = list.addObject().put("name", name);
                item.set("program", Json.MAPPER.valueToTree(program));
                item.put("groups", program.groups(SHAPE.channels()));
            });
            Files.writeString(file, list.toString());
            return;
        }
        KernelWarmUp.run(10);
        for (var item : Json.MAPPER.readTree(file.toFile())) {
            LayerProgram program = Json.MAPPER.treeToValue(item.path("program"), LayerProgram.class);
            System.out.println(measure(item.path("name").asText(), program));
        }
    }

    private static Map<String, LayerProgram> programs(int count) {
        Map<String, LayerProgram> programs = new LinkedHashMap<>();
        programs.put(
                "evonorm_s0",
                program(
                        Node.of(MUL, 0, 3),
                        Node.of(SIGMOID, 4),
                        Node.of(MUL, 0, 5),
                        Node.of(STD_WHCG, 0),
                        Node.of(DIV, 6, 7)));
        programs.put(
                "evonorm_b0",
                program(
                        Node.of(MUL, 3, 0),
                        Node.of(STD_WH, 0),
                        Node.of(ADD, 4, 5),
                        Node.of(STD_BWH, 0),
                        Node.of(MAX, 7, 6),
                        Node.of(DIV, 0, 8)));
        programs.put(
                "bn_relu",
                program(
                        Node.of(MEAN_BWH, 0),
                        Node.of(NEG, 4),
                        Node.of(ADD, 0, 5),
                        Node.of(STD_BWH, 0),
                        Node.of(DIV, 6, 7),
                        Node.of(MAX, 8, 1)));
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < count; ) {
            LayerProgram program = random(random, i % 2 == 0);
            if (program.live()[LayerProgram.X] && program.liveNodes() >= FEWEST && usable(program)) {
                programs.put("random_" + i++, program.pruned());
            }
        }
        return programs;
    }

    private static LayerProgram program(Node... nodes) {
        return new LayerProgram(VECTORS, List.of(nodes), 3 + nodes.length, true, GROUP, LayerProgram.EPSILON);
    }

    private static LayerProgram random(SplittableRandom random, boolean batchMoments) {
        List<Operation> table = Arrays.stream(Operation.values())
                .filter(operation -> batchMoments || !operation.mixesSamples())
                .toList();
        Node[] nodes = IntStream.range(4, 14)
                .mapToObj(value -> {
                    Operation operation = table.get(random.nextInt(table.size()));
                    return new Node(
                            operation,
                            IntStream.range(0, operation.arity())
                                    .mapToObj(_ -> random.nextInt(value))
                                    .toList());
                })
                .toArray(Node[]::new);
        return program(nodes);
    }

    /** Finite, and with a gradient. */
    private static boolean usable(LayerProgram program) {
        Shape small = new Shape(SHAPE.channels(), 4, 4);
        SplittableRandom random = new SplittableRandom(7);
        double[] x = random.doubles(4 * small.elements(), -1.7, 1.7).toArray();
        double[] ones = new double[SHAPE.channels()];
        Arrays.fill(ones, 1);
        ReferenceProgram reference = new ReferenceProgram(program, 4, small);
        double[] y = reference.forward(
                x, ReferenceProgram.initialVectors(program, SHAPE.channels()), ones, new double[ones.length]);
        double[] dx = reference.backward(x.clone()).x();
        return Arrays.stream(y).allMatch(it -> Math.abs(it) < 1e6)
                && Arrays.stream(dx).allMatch(it -> Math.abs(it) < 1e6)
                && Arrays.stream(dx).anyMatch(it -> it != 0);
    }

    private static String measure(String name, LayerProgram layer) {
        try (Arena arena = Arena.ofConfined()) {
            long bytes = BATCH * SHAPE.elements() * Float.BYTES;
            MemorySegment x = noise(arena.allocate(bytes, 64));
            MemorySegment dy = noise(arena.allocate(bytes, 64));
            MemorySegment y = arena.allocate(bytes, 64);
            MemorySegment dx = arena.allocate(bytes, 64);
            MemorySegment[] parameters = parameters(arena, layer);
            MemorySegment[] gradients = parameters(arena, layer);
            MemorySegment[] moving = layer.batchMoments().stream()
                    .map(_ -> row(arena, 1))
                    .toArray(MemorySegment[]::new);
            double started = processMillis();
            FusedProgram program = new FusedProgram(layer, BATCH, SHAPE, true);
            MemorySegment kept = arena.allocate(Math.max(64, program.keptBytes()), 64);
            MemorySegment scratch = arena.allocate(program.forwardBytes(), 64);
            MemorySegment back = arena.allocate(program.backwardBytes(), 64);
            program.bind(x, y, kept, scratch, parameters, moving);
            program.bindBackward(x, dy, dx, kept, back, gradients);
            for (int i = 0; i < FIRST; i++) {
                program.forward();
                program.backward();
            }
            double first = (processMillis() - started) / FIRST;
            double[] forward = new double[ROUNDS];
            double[] whole = new double[ROUNDS];
            for (int i = 0; i < ROUNDS; i++) {
                long start = threadNanos();
                program.forward();
                long turn = threadNanos();
                program.backward();
                forward[i] = (turn - start) / 1e6;
                whole[i] = (threadNanos() - start) / 1e6;
            }
            Arrays.sort(forward);
            Arrays.sort(whole);
            return Json.MAPPER
                    .createObjectNode()
                    .put("name", name)
                    .put("forward", forward[ROUNDS / 2])
                    .put("whole", whole[ROUNDS / 2])
                    .put("first", first)
                    .toString();
        }
    }

    private static MemorySegment[] parameters(Arena arena, LayerProgram layer) {
        MemorySegment[] rows = new MemorySegment[layer.vectors().size() + 2];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = row(
                    arena,
                    i < layer.vectors().size()
                            ? layer.vectors().get(i).initial()
                            : i == layer.vectors().size() ? 1 : 0);
        }
        return rows;
    }

    private static MemorySegment row(Arena arena, double value) {
        MemorySegment row = arena.allocate(SHAPE.channels() * 4L, 64);
        for (int c = 0; c < SHAPE.channels(); c++) {
            row.setAtIndex(ValueLayout.JAVA_FLOAT, c, (float) value);
        }
        return row;
    }

    private static MemorySegment noise(MemorySegment segment) {
        SplittableRandom random = new SplittableRandom(segment.byteSize());
        for (long i = 0; i < segment.byteSize() / 4; i++) {
            segment.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) random.nextGaussian());
        }
        return segment;
    }

    private static long threadNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static double processMillis() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / 1e6;
    }
}
