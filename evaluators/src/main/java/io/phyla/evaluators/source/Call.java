package io.phyla.evaluators.source;

import io.phyla.spaces.design.Extent;
import java.util.ArrayList;
import java.util.List;

/** A Python call whose keyword arguments are left out where they say what is the default anyway. */
final class Call {

    private final String function;
    private final List<String> arguments = new ArrayList<>();

    private Call(String function) {
        this.function = function;
    }

    static Call of(String function, Object... arguments) {
        Call call = new Call(function);
        for (Object argument : arguments) {
            call.arguments.add(argument.toString());
        }
        return call;
    }

    Call with(String name, Extent value, int byDefault) {
        return value.equals(Extent.of(byDefault)) ? this : always(name, extent(value));
    }

    Call with(String name, int value, int byDefault) {
        return value == byDefault ? this : always(name, Integer.toString(value));
    }

    Call with(String name, double value, double byDefault) {
        return value == byDefault ? this : always(name, PythonNames.number(value));
    }

    Call with(String name, boolean value, boolean byDefault) {
        return value == byDefault ? this : always(name, PythonNames.bool(value));
    }

    Call always(String name, String value) {
        arguments.add(name + "=" + value);
        return this;
    }

    /** One number if both directions have the same, else a pair of height and width. */
    static String extent(Extent extent) {
        return extent.square()
                ? Integer.toString(extent.height())
                : "(" + extent.height() + ", " + extent.width() + ")";
    }

    @Override
    public String toString() {
        return function + "(" + String.join(", ", arguments) + ")";
    }
}
