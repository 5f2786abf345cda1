package io.phyla.evaluators.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.AttributeProto.AttributeType;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import org.jspecify.annotations.Nullable;

/** A node's attributes; one that nobody asks for is one that would have been dropped. */
final class Attributes {

    private final Map<String, AttributeProto> unread = new LinkedHashMap<>();

    Attributes(NodeProto node) throws Refusal {
        for (AttributeProto attribute : node.getAttributeList()) {
            if (!attribute.getRefAttrName().isEmpty()) {
                throw new Refusal("attribute '" + Labels.shown(attribute.getName()) + "' refers to that of a function");
            }
            if (unread.put(attribute.getName(), attribute) != null) {
                throw new Refusal("attribute '" + Labels.shown(attribute.getName()) + "' is given twice");
            }
        }
    }

    boolean has(String name) {
        return unread.containsKey(name);
    }

    long integer(String name, long otherwise) throws Refusal {
        AttributeProto found = take(name, AttributeType.INT);
        return found == null ? otherwise : found.getI();
    }

    /** Read as the shortest decimal that means it: .1 and not the double next to the float next to .1. */
    double real(String name, double otherwise) throws Refusal {
        AttributeProto found = take(name, AttributeType.FLOAT);
        return found == null ? otherwise : Double.parseDouble(Float.toString(found.getF()));
    }

    String text(String name, String otherwise) throws Refusal {
        AttributeProto found = take(name, AttributeType.STRING);
        return found == null ? otherwise : Labels.shown(found.getS().toStringUtf8());
    }

    /** A text that can have one value only. */
    void only(String name, String value) throws Refusal {
        String found = text(name, value);
        if (!found.equals(value)) {
            throw new Refusal("attribute '" + name + "' must be " + value + ", not " + found);
        }
    }

    /** A number that can have one value only. */
    void only(String name, long value) throws Refusal {
        long found = integer(name, value);
        if (found != value) {
            throw new Refusal("attribute '" + name + "' must be " + value + ", not " + found);
        }
    }

    long @Nullable [] integers(String name) throws Refusal {
        AttributeProto found = take(name, AttributeType.INTS);
        return found == null ? null : found.getIntsList().stream().mapToLong(Long::longValue).toArray();
    }

    float @Nullable [] reals(String name) throws Refusal {
        AttributeProto found = take(name, AttributeType.FLOATS);
        if (found == null) {
            return null;
        }
        float[] values = new float[found.getFloatsCount()];
        for (int i = 0; i < values.length; i++) {
            values[i] = found.getFloats(i);
        }
        return values;
    }

    long[] integers(String name, int count, long otherwise) throws Refusal {
        long[] found = integers(name);
        if (found == null) {
            long[] same = new long[count];
            Arrays.fill(same, otherwise);
            return same;
        }
        if (found.length != count) {
            throw new Refusal("attribute '" + name + "' must have " + count + " numbers, not " + found.length);
        }
        return found;
    }

    @Nullable
    TensorProto tensor(String name) throws Refusal {
        AttributeProto found = take(name, AttributeType.TENSOR);
        return found == null ? null : found.getT();
    }

    /** Names that were not asked for. */
    List<String> unread() {
        return new ArrayList<>(unread.keySet());
    }

    private @Nullable AttributeProto take(String name, AttributeType type) throws Refusal {
        AttributeProto found = unread.remove(name);
        if (found != null && found.getType() != type) {
            throw new Refusal("attribute '" + name + "' must be of the type " + type + ", not " + found.getType());
        }
        return found;
    }
}
