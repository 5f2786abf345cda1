package io.phyla.evaluators.onnx;

import java.util.List;

/** Where operators are written one by one: a model's graph, or a function's body. */
interface Scribe {

    int opset();

    /** Appends an operator; what its value is called. */
    String step(String name, String operator, List<String> inputs, Attributes attributes);

    default String step(String name, String operator, List<String> inputs) {
        return step(name, operator, inputs, Attributes.NONE);
    }

    /** A number of no dimension. */
    String scalar(String name, double value);

    /** A number as a tensor of 1,1,1,1. */
    String point(String name, double value);

    String integers(String name, long... values);
}
