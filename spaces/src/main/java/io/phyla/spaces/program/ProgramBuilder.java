package io.phyla.spaces.program;

import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.LayerProgram.Node;
import io.phyla.spaces.design.LayerProgram.Vector;
import io.phyla.spaces.design.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes a {@link LayerProgram} down node by node. What it hands out stands for values and is no number of the finished program:
 * vectors are numbered before nodes but may be declared when they are first needed.
 */
public final class ProgramBuilder {

    public static final int X = LayerProgram.X;
    public static final int ZERO = LayerProgram.ZERO;

    private final List<Vector> vectors = new ArrayList<>();
    private final List<Operation> operations = new ArrayList<>();
    private final List<int[]> inputs = new ArrayList<>();

    /** A trained vector; of the same name there is one only. */
    public int vector(String name, double initial) {
        for (int i = 0; i < vectors.size(); i++) {
            if (vectors.get(i).name().equals(name)) {
                return -1 - i;
            }
        }
        vectors.add(new Vector(name, initial));
        return -vectors.size();
    }

    public int node(Operation operation, int... inputs) {
        this.operations.add(operation);
        this.inputs.add(inputs.clone());
        return LayerProgram.FIRST_VECTOR + operations.size() - 1;
    }

    /** @throws IllegalArgumentException if this is no program */
    public LayerProgram build(int output, boolean affine, int groupSize, double epsilon) {
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < operations.size(); i++) {
            nodes.add(new Node(
                    operations.get(i),
                    Arrays.stream(inputs.get(i)).map(this::number).boxed().toList()));
        }
        return new LayerProgram(vectors, nodes, number(output), affine, groupSize, epsilon);
    }

    private int number(int value) {
        if (value < 0) {
            return LayerProgram.FIRST_VECTOR - 1 - value;
        }
        return value < LayerProgram.FIRST_VECTOR ? value : value + vectors.size();
    }
}
