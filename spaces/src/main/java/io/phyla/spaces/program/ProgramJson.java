package io.phyla.spaces.program;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.LayerProgram.Node;
import io.phyla.spaces.design.LayerProgram.Vector;
import io.phyla.spaces.design.Operation;
import io.phyla.spaces.schema.Json;
import io.phyla.spaces.schema.Param;
import io.phyla.spaces.schema.Problem;
import io.phyla.spaces.schema.RecordReader;
import io.phyla.spaces.schema.RecordSchema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A layer program as JSON: {@code {"vectors": [{"name": "v1", "initial": 1}], "nodes": [{"operation": "mul", "inputs": [2, 0]}, ...],
 * "output": 7}}. Values are numbered as in {@link LayerProgram}.
 */
public final class ProgramJson {

    private ProgramJson() {}

    private record Document(
            @Param(
                    description = "Trained vectors, one number per channel; values 2 and up.",
                    max = 100,
                    byDefault = "[]")
            List<Vector> vectors,

            @Param(
                    description = "Operations on earlier values; their numbers follow those of the vectors.",
                    max = LayerProgram.MOST_NODES,
                    byDefault = "[]")
            List<Step> nodes,

            @Param(description = "The number of the value that is the result.", min = 0)
            int output,

            @Param(
                    description = "Whether a trained scale and a trained shift per channel follow.",
                    byDefault = "true")
            boolean affine,

            @Param(
                    description = "Channels of a group for moments over groups; 0 for 32 groups.",
                    min = 0,
                    byDefault = "0")
            int groupSize,

            @Param(
                    description = "What keeps roots, logarithms and divisors away from 0.",
                    min = 0,
                    max = 1,
                    byDefault = "0.00001")
            double epsilon) {}

    private record Step(
            @Param(description = "What is done.")
            Operation operation,

            @Param(
                    description = "Numbers of the values it takes: 0 is x, 1 is zeros, then vectors, then nodes.",
                    min = 1,
                    max = 2)
            List<Integer> inputs) {}

    /** Its JSON Schema. */
    public static ObjectNode schema() {
        return RecordSchema.of(Document.class);
    }

    /** Everything written out. */
    public static ObjectNode write(LayerProgram program) {
        return Json.MAPPER.valueToTree(program);
    }

    /** @throws IllegalArgumentException saying the first thing that is wrong */
    public static LayerProgram read(JsonNode json) {
        List<Problem> problems = new ArrayList<>();
        LayerProgram program = read(json, "", problems);
        if (program == null) {
            Problem first = problems.getFirst();
            throw new IllegalArgumentException("program" + first.pointer() + ": " + first.detail());
        }
        return program;
    }

    /**
     * @param pointer where the JSON stands in its document
     * @param problems takes everything that is wrong
     * @return null if and only if something was wrong
     */
    public static @Nullable LayerProgram read(JsonNode json, String pointer, List<Problem> problems) {
        Document document = RecordReader.read(json, Document.class, pointer, problems);
        if (document == null) {
            return null;
        }
        int before = problems.size();
        int number = LayerProgram.FIRST_VECTOR + document.vectors().size();
        for (int i = 0; i < document.nodes().size(); i++) {
            check(document.nodes().get(i), number++, pointer + "/nodes/" + i, problems);
        }
        if (document.output() >= number) {
            problems.add(new Problem(
                    pointer + "/output", "must be a value's number, 0 to " + (number - 1) + ", not " + document.output()));
        }
        return problems.size() == before ? program(document, pointer, problems) : null;
    }

    private static void check(Step step, int number, String pointer, List<Problem> problems) {
        String node = "node " + number + " (" + step.operation().label() + ")";
        int arity = step.operation().arity();
        if (step.inputs().size() != arity) {
            problems.add(new Problem(
                    pointer + "/inputs",
                    node + " takes " + (arity == 1 ? "one input" : "two inputs") + ", not "
                            + step.inputs().size()));
        }
        for (int i = 0; i < step.inputs().size(); i++) {
            int input = step.inputs().get(i);
            if (input < 0 || input >= number) {
                problems.add(new Problem(
                        pointer + "/inputs/" + i,
                        node + " must take a value before it, 0 to " + (number - 1) + ", not " + input));
            }
        }
    }

    private static @Nullable LayerProgram program(Document document, String pointer, List<Problem> problems) {
        try {
            return new LayerProgram(
                    document.vectors(),
                    document.nodes().stream()
                            .map(step -> new Node(step.operation(), step.inputs()))
                            .toList(),
                    document.output(),
                    document.affine(),
                    document.groupSize(),
                    document.epsilon());
        } catch (IllegalArgumentException e) {
            problems.add(new Problem(pointer, String.valueOf(e.getMessage())));
            return null;
        }
    }
}
