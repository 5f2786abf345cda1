package io.phyla.spaces.program;

import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.LayerProgram.Node;
import io.phyla.spaces.design.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Exact identities on layer programs. What they replace has the same value, to the bit, whatever the input, infinities and NaN
 * included; only the sign of a zero may differ, which no operation shows, because divisors are guarded. Gradients are the same
 * but where a maximum has equals or an absolute value is 0, and in the order in which they are summed. So {@code a * 0} stays, and
 * so does {@code a - a}: both are NaN for infinite a.
 *
 * <p>No identity needs more nodes than it replaces: each names a value that already stands, or takes an input from further up.
 */
public final class Simplification {

    private final LayerProgram original;
    private final List<Node> nodes = new ArrayList<>();
    private final List<Boolean> nonNegative = new ArrayList<>();

    /** Nodes by operation and inputs, in either order if that does not matter: equal ones are computed once. */
    private final Map<Node, Integer> numbers = new HashMap<>();

    private Simplification(LayerProgram original) {
        this.original = original;
    }

    /** The same function without needless nodes; inputs stay in the order in which they were first written. */
    public static LayerProgram of(LayerProgram program) {
        return new Simplification(program).simplified().pruned();
    }

    /**
     * The one program that stands for all that the identities make equal: {@link #of}, nodes in the order of their distance from the
     * start, their operation and their inputs, inputs of sums, products and maxima in the order of their numbers.
     */
    public static LayerProgram canonical(LayerProgram program) {
        return NodeOrder.sorted(of(program));
    }

    private LayerProgram simplified() {
        LayerProgram program = original.pruned();
        int[] moved = new int[program.values()];
        for (int value = 0; value < moved.length; value++) {
            moved[value] = value;
            if (program.isNode(value)) {
                Node node = program.node(value);
                moved[value] = node.inputs().size() == 1
                        ? unary(node.operation(), moved[node.inputs().getFirst()])
                        : binary(
                                node.operation(),
                                moved[node.inputs().getFirst()],
                                moved[node.inputs().getLast()]);
            }
        }
        return new LayerProgram(
                program.vectors(),
                nodes,
                moved[program.output()],
                program.affine(),
                program.groupSize(),
                program.epsilon());
    }

    private int unary(Operation operation, int a) {
        if (a == LayerProgram.ZERO && keepsZero(operation)) {
            return a;
        }
        return switch (operation) {
            // Two changes of sign are none.
            case NEG -> is(a, Operation.NEG) ? input(a) : number(operation, a);
            // |-b| = |b|; what has no sign keeps its value. Its slope differs at 0 only.
            case ABS -> {
                int b = without(a, Operation.NEG);
                yield isNonNegative(b) ? b : number(operation, b);
            }
            // (-b)^2 = |b|^2 = b^2, and so are the slopes: 2 * -b * -1 = 2 * |b| * sign(b) = 2 * b. The square of exp(0) is 1 * 1.
            case SQUARE -> isOne(unsigned(a)) ? unsigned(a) : number(operation, unsigned(a));
            // Squares only, as above.
            case RMS_BWH, RMS_WH, RMS_WHC, RMS_WHCG -> number(operation, unsigned(a));
            // Rounding is symmetric: the mean and the differences from it change their signs, their squares do not.
            case STD_BWH, STD_WH, STD_WHC, STD_WHCG -> number(operation, without(a, Operation.NEG));
            case SIGMOID, TANH, EXP, LOG, SQRT, MEAN_BWH, MEAN_WH, MEAN_WHC, MEAN_WHCG -> number(operation, a);
            case ADD, MUL, DIV, MAX -> throw new IllegalStateException(operation + " takes two inputs");
        };
    }

    /** Of zeros these make zeros; the logarithm does if epsilon keeps it from being infinite. */
    private boolean keepsZero(Operation operation) {
        return switch (operation) {
            case NEG, ABS, SQUARE, TANH, SQRT, MEAN_BWH, MEAN_WH, MEAN_WHC, MEAN_WHCG -> true;
            case LOG -> original.epsilon() > 0;
            case ADD, MUL, DIV, MAX, SIGMOID, EXP -> false;
            case RMS_BWH, RMS_WH, RMS_WHC, RMS_WHCG, STD_BWH, STD_WH, STD_WHC, STD_WHCG -> false;
        };
    }

    private int binary(Operation operation, int a, int b) {
        return switch (operation) {
            // b + 0 = b.
            case ADD -> a == LayerProgram.ZERO ? b : b == LayerProgram.ZERO ? a : number(operation, a, b);
            case MUL -> product(a, b);
            // The guard leaves 1 as it is, because epsilon is below 1; b / 1 = b.
            case DIV -> isOne(b) ? a : number(operation, a, b);
            case MAX -> maximum(a, b);
            default -> throw new IllegalStateException(operation + " takes one input");
        };
    }

    private int product(int a, int b) {
        // b * 1 = b.
        if (isOne(a) || isOne(b)) {
            return isOne(a) ? b : a;
        }
        // b * b is computed like b^2; doubling its slope is exact.
        if (a == b) {
            return unary(Operation.SQUARE, a);
        }
        // -b * -c = b * c.
        return is(a, Operation.NEG) && is(b, Operation.NEG)
                ? product(input(a), input(b))
                : number(Operation.MUL, a, b);
    }

    private int maximum(int a, int b) {
        // max(b, b) = b, and the larger of b and what has already been compared with b is the latter.
        if (a == b || compared(b, a)) {
            return b;
        }
        if (compared(a, b)) {
            return a;
        }
        // max(b, -b) = |b|.
        if (opposite(a, b) || opposite(b, a)) {
            return unary(Operation.ABS, a);
        }
        return number(Operation.MAX, a, b);
    }

    /** Whether {@code large} is never smaller than {@code small}: max(small, c), |small|, or without a sign where small is 0. */
    private boolean compared(int large, int small) {
        return is(large, Operation.MAX) && node(large).inputs().contains(small)
                || is(large, Operation.ABS) && input(large) == without(small, Operation.NEG)
                || small == LayerProgram.ZERO && isNonNegative(large);
    }

    private boolean opposite(int a, int b) {
        return is(a, Operation.NEG) && input(a) == b;
    }

    /** Without signs that are squared away; there is none inside of an absolute value. */
    private int unsigned(int value) {
        return without(without(value, Operation.NEG), Operation.ABS);
    }

    private int without(int value, Operation operation) {
        return is(value, operation) ? input(value) : value;
    }

    private boolean is(int value, Operation operation) {
        return original.firstNode() <= value && node(value).operation() == operation;
    }

    /** exp(0), which is 1 to the bit. */
    private boolean isOne(int value) {
        return is(value, Operation.EXP) && input(value) == LayerProgram.ZERO;
    }

    private boolean isNonNegative(int value) {
        return value == LayerProgram.ZERO
                || value >= original.firstNode() && nonNegative.get(value - original.firstNode());
    }

    private int input(int value) {
        return node(value).inputs().getFirst();
    }

    private Node node(int value) {
        return nodes.get(value - original.firstNode());
    }

    /** The node's number, that of an equal one if there is any. */
    private int number(Operation operation, Integer... inputs) {
        Node node = Node.of(operation, inputs);
        Integer known = numbers.putIfAbsent(sorted(node), original.firstNode() + nodes.size());
        if (known != null) {
            return known;
        }
        nonNegative.add(hasNoSign(node));
        nodes.add(node);
        return original.firstNode() + nodes.size() - 1;
    }

    private static Node sorted(Node node) {
        return node.operation().commutative()
                ? new Node(node.operation(), node.inputs().stream().sorted().toList())
                : node;
    }

    /** Whether its values are 0, larger, or NaN, by the operation alone or because its inputs are. */
    private boolean hasNoSign(Node node) {
        return switch (node.operation()) {
            case ABS, SQUARE, EXP, SIGMOID -> true;
            case RMS_BWH, RMS_WH, RMS_WHC, RMS_WHCG, STD_BWH, STD_WH, STD_WHC, STD_WHCG -> true;
            case MAX -> node.inputs().stream().anyMatch(this::isNonNegative);
            case ADD, MUL, DIV, SQRT, TANH, MEAN_BWH, MEAN_WH, MEAN_WHC, MEAN_WHCG ->
                node.inputs().stream().allMatch(this::isNonNegative);
            case NEG, LOG -> false;
        };
    }
}
