package io.phyla.spaces.evonorm;

import io.phyla.spaces.design.Operation;
import io.phyla.spaces.program.ProgramBuilder;

/** Short words for the nodes that published layers are made of. */
final class Nodes {

    private Nodes() {}

    static int add(ProgramBuilder program, int a, int b) {
        return program.node(Operation.ADD, a, b);
    }

    static int mul(ProgramBuilder program, int a, int b) {
        return program.node(Operation.MUL, a, b);
    }

    static int div(ProgramBuilder program, int a, int b) {
        return program.node(Operation.DIV, a, b);
    }

    static int max(ProgramBuilder program, int a, int b) {
        return program.node(Operation.MAX, a, b);
    }

    static int neg(ProgramBuilder program, int a) {
        return program.node(Operation.NEG, a);
    }

    static int relu(ProgramBuilder program, int a) {
        return max(program, a, ProgramBuilder.ZERO);
    }

    /** a * sigmoid(a). */
    static int swish(ProgramBuilder program, int a) {
        return mul(program, a, program.node(Operation.SIGMOID, a));
    }

    /** exp(0): there is no other way to a 1. */
    static int one(ProgramBuilder program) {
        return program.node(Operation.EXP, ProgramBuilder.ZERO);
    }

    /** sigmoid(0). */
    static int half(ProgramBuilder program) {
        return program.node(Operation.SIGMOID, ProgramBuilder.ZERO);
    }
}
