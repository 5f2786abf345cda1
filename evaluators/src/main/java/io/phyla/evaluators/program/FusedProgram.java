package io.phyla.evaluators.program;

import io.phyla.evaluators.program.Op.Kind;
import io.phyla.evaluators.program.Place.Region;
import io.phyla.evaluators.program.Place.Room;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.Operation.Moment;
import io.phyla.spaces.design.Shape;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A layer program on native memory, float32, N,H,W,C: passes over tiles that stay in the cache, moments between them, the backward
 * run by reverse mode. Compiling takes well under a millisecond once warm and makes no code; running allocates nothing. One
 * thread at a time. {@link ReferenceProgram} says what is right.
 */
public final class FusedProgram {

    private final LayerProgram program;
    private final Setting setting;
    private final Room kept = new Room(Region.KEPT);
    private final Sweep forward;
    private final Sweep inference;
    private final @Nullable Sweep backward;
    private final List<Value> batchMoments;
    private final List<Value> gradients;
    private final double[][] inside;
    private final double[] spread;
    private final boolean[] rooted;
    private MemorySegment[] parameters = {};
    private MemorySegment[] moving = {};
    private MemorySegment[] parameterGradients = {};

    /** @param differentiable whether it is to run backward, too, for which some of the forward run has to stay */
    public FusedProgram(LayerProgram program, int batch, Shape shape, boolean differentiable) {
        this.program = program.pruned();
        this.setting = Setting.of(program, batch, shape);
        this.spread = new double[setting.channels()];
        List<Integer> averaged = this.program.batchMoments();
        this.rooted = new boolean[averaged.size()];
        for (int i = 0; i < rooted.length; i++) {
            rooted[i] = this.program.node(averaged.get(i)).operation().moment() != Moment.MEAN;
        }
        Graph graph = new Graph(batch, setting.pixels());
        Lowering lowering = new Lowering(this.program, graph, false);
        this.batchMoments = lowering.batchMoments();
        this.inside = new double[batchMoments.size()][];
        List<Value> others = new ArrayList<>(batchMoments);
        Map<Value, Place> parked = new HashMap<>();
        if (differentiable) {
            Differentiation slopes = new Differentiation(
                    this.program, graph, lowering.output(), batch, setting.channels(), setting.pixels());
            gradients = slopes.parameters();
            others.addAll(moments(slopes));
            Schedule there = new Schedule(lowering.output(), others, Set.of());
            Schedule back = new Schedule(slopes.input(), gradients, new LinkedHashSet<>(there.rows()));
            Parking parking = new Parking(there, List.of(back));
            forward = new Sweep(setting, there, Map.of(), parking, 0, parked, kept, true);
            Map<Value, Place> known = new HashMap<>();
            there.rows().forEach(row -> known.put(row, forward.rows().get(row)));
            backward = new Sweep(setting, back, known, parking, there.passes().size(), parked, kept, false);
        } else {
            gradients = List.of();
            backward = null;
            forward = alone(lowering.output(), others);
        }
        Graph plain = new Graph(batch, setting.pixels());
        inference = alone(new Lowering(this.program, plain, true).output(), List.of());
    }

    private Sweep alone(Value output, List<Value> others) {
        Schedule schedule = new Schedule(output, others, Set.of());
        return new Sweep(
                setting,
                schedule,
                Map.of(),
                new Parking(schedule, List.of()),
                0,
                new HashMap<>(),
                new Room(Region.KEPT),
                false);
    }

    /** Moments that the backward run needs are those of the forward run. */
    private static Set<Value> moments(Differentiation slopes) {
        Set<Value> moments = new LinkedHashSet<>();
        for (Value value : new Schedule(slopes.input(), slopes.parameters(), Set.of()).values()) {
            if (value.is(Op.MOMENT)) {
                moments.add(value);
            }
        }
        return moments;
    }

    /** Bytes that stay from the forward run to the backward run. */
    public long keptBytes() {
        return kept.bytes();
    }

    /** Bytes that a forward run needs while it runs. */
    public long forwardBytes() {
        return Math.max(forward.scratchBytes(), inference.scratchBytes());
    }

    /** Bytes that a backward run needs while it runs. */
    public long backwardBytes() {
        return backward == null ? 0 : backward.scratchBytes();
    }

    /**
     * Ties forward runs to memory.
     *
     * @param kept {@link #keptBytes()} of it
     * @param scratch {@link #forwardBytes()} of it
     * @param parameters vectors, then scale and shift if the program is affine
     * @param moving averages of the batch moments' insides
     */
    public void bind(
            MemorySegment x,
            MemorySegment y,
            MemorySegment kept,
            MemorySegment scratch,
            MemorySegment[] parameters,
            MemorySegment[] moving) {
        this.parameters = parameters.clone();
        this.moving = moving.clone();
        check(x, tensor());
        check(y, tensor());
        check(kept, keptBytes());
        check(scratch, forwardBytes());
        for (Sweep sweep : List.of(forward, inference)) {
            sweep.bases().set(Region.INPUT, x.address());
            sweep.bases().set(Region.OUTPUT, y.address());
            sweep.bases().set(Region.KEPT, kept.address());
            sweep.bases().set(Region.SCRATCH, scratch.address());
            sweep.bind();
        }
    }

    /**
     * Ties backward runs to memory; {@link #bind} comes before.
     *
     * @param scratch {@link #backwardBytes()} of it
     * @param parameterGradients in the order of the parameters
     */
    public void bindBackward(
            MemorySegment x,
            MemorySegment dy,
            MemorySegment dx,
            MemorySegment kept,
            MemorySegment scratch,
            MemorySegment[] parameterGradients) {
        Sweep sweep = differentiable();
        this.parameterGradients = parameterGradients.clone();
        check(x, tensor());
        check(dy, tensor());
        check(dx, tensor());
        check(kept, keptBytes());
        check(scratch, backwardBytes());
        sweep.bases().set(Region.INPUT, x.address());
        sweep.bases().set(Region.GRADIENT, dy.address());
        sweep.bases().set(Region.INPUT_GRADIENT, dx.address());
        sweep.bases().set(Region.KEPT, kept.address());
        sweep.bases().set(Region.SCRATCH, scratch.address());
        sweep.bind();
    }

    private long tensor() {
        return setting.sampleBytes() * setting.batch();
    }

    /** Beyond this no size is looked at again. */
    private static void check(MemorySegment segment, long bytes) {
        if (!segment.isNative() || segment.byteSize() < bytes) {
            throw new IllegalArgumentException(
                    "a program needs " + bytes + " bytes of native memory here, not " + segment);
        }
    }

    private Sweep differentiable() {
        if (backward == null) {
            throw new IllegalStateException("the program was compiled to run forward only");
        }
        return backward;
    }

    /** With moments of this batch. */
    public void forward() {
        load(forward);
        forward.run();
    }

    /** With moving averages instead. */
    public void infer() {
        load(inference);
        inference.run();
    }

    /** From the last {@link #forward}. */
    public void backward() {
        Sweep sweep = differentiable();
        load(sweep);
        sweep.run();
        for (int i = 0; i < parameterGradients.length; i++) {
            long row = sweep.address(gradients.get(i));
            for (int c = 0; c < setting.channels(); c++) {
                KernelSums.set(parameterGradients[i].address() + 4L * c, KernelSums.get(row + 4L * c));
            }
        }
    }

    /** Of the last {@link #forward} for each batch moment the mean, mean square or variance; the arrays are used again. */
    public double[][] batchMoments() {
        for (int i = 0; i < inside.length; i++) {
            inside[i] = forward.inside(batchMoments.get(i));
        }
        return inside;
    }

    private void load(Sweep sweep) {
        List<Value> given = sweep.given();
        for (int i = 0; i < given.size(); i++) {
            Value value = given.get(i);
            if (value.is(Op.CONSTANT)) {
                Arrays.fill(spread, value.number());
            } else if (value.is(Op.PARAMETER)) {
                RowSteps.read(parameters[(int) value.number()].address(), spread);
            } else {
                average((int) value.number());
            }
            RowSteps.write(spread, sweep.address(value), setting.period());
        }
    }

    private void average(int number) {
        RowSteps.read(moving[number].address(), spread);
        if (rooted[number]) {
            for (int c = 0; c < spread.length; c++) {
                spread[c] = Math.sqrt(spread[c] + setting.epsilon());
            }
        }
    }
}
