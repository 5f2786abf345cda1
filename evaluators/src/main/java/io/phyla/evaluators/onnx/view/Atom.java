package io.phyla.evaluators.onnx.view;

/**
 * A part of one axis of a map: an index along the axis is the sum of its parts' indices times their strides.
 *
 * @param stride steps along the axis for one step of this part
 */
public record Atom(Axis axis, int stride, int size) {

    /** The axes of a map, slowest first. */
    public enum Axis {
        CHANNEL,
        HEIGHT,
        WIDTH
    }

    /** The slower of two parts, of so many steps. */
    Atom outer(int steps) {
        return new Atom(axis, Math.multiplyExact(stride, size / steps), steps);
    }

    /** What is left when the slower part has so many steps. */
    Atom inner(int steps) {
        return new Atom(axis, stride, size / steps);
    }

    /** Whether the next part goes on where this one steps. */
    boolean joins(Atom next) {
        return axis == next.axis && stride == (long) next.stride * next.size;
    }

    Atom join(Atom next) {
        return new Atom(axis, next.stride, Math.multiplyExact(size, next.size));
    }
}
