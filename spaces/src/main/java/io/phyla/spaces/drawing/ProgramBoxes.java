package io.phyla.spaces.drawing;

import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.LayerProgram.Node;
import io.phyla.spaces.design.Operation;
import io.phyla.spaces.program.Formula;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What has a part in a program's output as boxes: the input, every node, the output. Zeros and vectors stand in the labels of what
 * takes them. Nodes keep their numbers, so that a genome's decisions are found again.
 *
 * @param told what each box is, in full
 * @param places box by value; the output has none
 */
record ProgramBoxes(String title, List<Box> boxes, List<String> told, Map<Integer, Integer> places) {

    static ProgramBoxes of(LayerProgram program) {
        boolean[] live = program.live();
        List<Box> boxes = new ArrayList<>();
        List<String> told = new ArrayList<>();
        Map<Integer, Integer> places = new HashMap<>();
        for (int value = 0; value < program.values(); value++) {
            if (!live[value] || value != LayerProgram.X && !program.isNode(value)) {
                continue;
            }
            boolean input = value == LayerProgram.X;
            List<Integer> inputs = input ? List.of() : program.node(value).inputs();
            LayerKind kind = input ? LayerKind.INPUT : kind(program.node(value).operation());
            String title = input ? "x" : label(program, program.node(value));
            String detail = input ? "input" : name(program, value);
            boxes.add(new Box(List.of(value), drawn(inputs, places), kind, "", title, detail));
            told.add(input ? "x: the input" : detail + " = " + title + ": " + program.node(value).operation().label());
            places.put(value, boxes.size() - 1);
        }
        String result = name(program, program.output()) + (program.affine() ? " * gamma + beta" : "");
        List<Integer> last = drawn(List.of(program.output()), places);
        boxes.add(new Box(List.of(program.output()), last, LayerKind.LINEAR, "", result, "output"));
        String formula = Formula.of(program).text();
        told.add("the output: " + formula);
        return new ProgramBoxes(formula, List.copyOf(boxes), List.copyOf(told), Map.copyOf(places));
    }

    /** Boxes of values; those that are not drawn have none. */
    Set<Integer> indices(Set<Integer> values) {
        return values.stream().map(places::get).filter(Objects::nonNull).collect(Collectors.toSet());
    }

    private static List<Integer> drawn(List<Integer> inputs, Map<Integer, Integer> places) {
        return inputs.stream().distinct().filter(places::containsKey).map(places::get).toList();
    }

    private static LayerKind kind(Operation operation) {
        if (operation.moment() != null) {
            return LayerKind.POOLING;
        }
        return operation.arity() == 2 ? LayerKind.JOIN : LayerKind.FOLLOWER;
    }

    private static String label(LayerProgram program, Node node) {
        String a = name(program, node.inputs().getFirst());
        String b = name(program, node.inputs().getLast());
        return switch (node.operation()) {
            case ADD -> a + " + " + b;
            case MUL -> a + " * " + b;
            case DIV -> a + " / " + b;
            case MAX -> "max(" + a + ", " + b + ")";
            case NEG -> "-" + a;
            case SQUARE -> a + "^2";
            case SIGMOID, TANH, EXP, LOG, ABS, SQRT -> node.operation().label() + "(" + a + ")";
            case MEAN_BWH, MEAN_WH, MEAN_WHC, MEAN_WHCG -> node.operation().label() + "(" + a + ")";
            case RMS_BWH, RMS_WH, RMS_WHC, RMS_WHCG -> node.operation().label() + "(" + a + ")";
            case STD_BWH, STD_WH, STD_WHC, STD_WHCG -> node.operation().label() + "(" + a + ")";
        };
    }

    private static String name(LayerProgram program, int value) {
        if (program.isNode(value)) {
            return "node" + value;
        } else if (program.isVector(value)) {
            return program.vector(value).name();
        }
        return value == LayerProgram.X ? "x" : "0";
    }
}
