package io.phyla.spaces.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Where a value comes from once decisions have numbers and names of items have slots. */
sealed interface Source {

    /** Where it was written. */
    String pointer();

    /** Always the same. */
    record Constant(String pointer, JsonNode json) implements Source {}

    /** One per option of a decision. */
    record OfDecision(String pointer, int decision, List<JsonNode> options) implements Source {}

    /** A dimension of what a slot holds; {@link Step#TOP} is the layer's own input. */
    record Measured(String pointer, Value.Axis axis, int slot) implements Source {}

    /** Numbers multiplied, or one divided by another and rounded up. */
    record Computed(String pointer, boolean product, List<Source> operands) implements Source {

        static double apply(boolean product, double[] operands) {
            double result = operands[0];
            for (int i = 1; i < operands.length; i++) {
                result = product ? result * operands[i] : Math.ceil(result / operands[i]);
            }
            return result;
        }
    }
}
