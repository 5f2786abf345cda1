package io.phyla.evaluators.export;

import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.Operation;
import io.phyla.spaces.design.Operation.Axes;
import io.phyla.spaces.design.Operation.Moment;
import io.phyla.spaces.design.Shape;

/**
 * What a writer of a layer program has to know before its first line. Other libraries spread a moment over the elements it was
 * taken of only where it meets them, so a value may be one number where a {@link LayerProgram}'s has the full shape N,C,H,W:
 * along which dimensions it may differ is known here. A moment along a dimension in which nothing differs is the moment of the one
 * number there is.
 */
public final class ProgramOutline {

    private final LayerProgram program;
    private final boolean[] live;
    private final Spread[] spreads;
    private final boolean[] bounded;

    /**
     * Along which dimensions a value may differ; along the others it has the size 1.
     *
     * @param map along H and W
     */
    public record Spread(boolean samples, boolean channels, boolean map) {

        static final Spread NONE = new Spread(false, false, false);

        Spread with(Spread other) {
            return new Spread(samples || other.samples, channels || other.channels, map || other.map);
        }

        /** Whether it has the full shape. */
        public boolean full() {
            return samples && channels && map;
        }
    }

    private ProgramOutline(LayerProgram program, boolean single) {
        this.program = program;
        live = program.live();
        spreads = new Spread[program.values()];
        bounded = new boolean[program.values()];
        for (int value = 0; value < spreads.length; value++) {
            spreads[value] = spread(value, single);
            bounded[value] = program.isNode(value) && bounded(program.node(value));
        }
    }

    /** @param channels of the tensors it will work on, which decide into how many groups they fall */
    public static ProgramOutline of(LayerProgram program, int channels) {
        return new ProgramOutline(program, program.groups(channels) == 1);
    }

    /** For any number of channels. */
    public static ProgramOutline of(LayerProgram program) {
        return new ProgramOutline(program, false);
    }

    private Spread spread(int value, boolean single) {
        if (value == LayerProgram.X) {
            return new Spread(true, true, true);
        } else if (value == LayerProgram.ZERO) {
            return Spread.NONE;
        } else if (program.isVector(value)) {
            return new Spread(false, true, false);
        }
        LayerProgram.Node node = program.node(value);
        Spread of = spreads[node.inputs().getFirst()];
        Axes axes = node.operation().axes();
        if (axes == null) {
            return of.with(spreads[node.inputs().getLast()]);
        }
        return switch (axes) {
            case BATCH -> new Spread(false, true, false);
            case INSTANCE -> new Spread(of.samples(), of.channels(), false);
            case LAYER -> new Spread(of.samples(), false, false);
            case GROUP -> new Spread(of.samples(), of.channels() && !single, false);
        };
    }

    private boolean bounded(LayerProgram.Node node) {
        Operation operation = node.operation();
        if (operation.moment() != null) {
            return operation.moment() != Moment.MEAN;
        }
        return operation == Operation.MAX && node.inputs().stream().anyMatch(input -> bounded[input]);
    }

    public boolean live(int value) {
        return live[value];
    }

    public Spread spread(int value) {
        return spreads[value];
    }

    /** Whether a value is never below epsilon, so that dividing by it needs no guard: roots of moments, and what is larger. */
    public boolean bounded(int value) {
        return bounded[value];
    }

    /** Whether groups of channels have to be formed for a moment, and are not all channels or none. */
    public boolean grouped(LayerProgram.Node node) {
        return node.operation().axes() == Axes.GROUP
                && spreads[node.inputs().getFirst()].channels();
    }

    /** A shape on which such a moment has something to do, for checks of what was written. */
    public static Shape exemplary(LayerProgram program) {
        int channels = program.groupSize() == 0 ? 2 * LayerProgram.GROUPS : Math.clamp(2L * program.groupSize(), 4, 64);
        boolean groups = false;
        for (int value = program.firstNode(); value < program.values(); value++) {
            groups |= program.live()[value] && program.node(value).operation().axes() == Axes.GROUP;
        }
        return new Shape(groups ? channels : 4, 2, 3);
    }
}
