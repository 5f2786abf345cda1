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
import org.nd4j.shade.protobuf.Descriptors.FieldDescriptor;

/** A node's attributes; one that nobody asks for is one that would have been dropped. */
final class NodeAttributes {

    private final Map<String, AttributeProto> unread = new LinkedHashMap<>();

    NodeAttributes(NodeProto node) throws Refusal {
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
    double any(String name, double otherwise) throws Refusal {
        AttributeProto found = take(name, AttributeType.FLOAT);
        return found == null ? otherwise : Double.parseDouble(Float.toString(found.getF()));
    }

    /** A finite one. */
    double real(String name, double otherwise) throws Refusal {
        double found = any(name, otherwise);
        if (!Double.isFinite(found)) {
            throw new Refusal("attribute '" + name + "' must be finite, not " + found);
        }
        return found;
    }

    /** What is added to a variance, so that there is a root. */
    double epsilon() throws Refusal {
        double found = real("epsilon", 1e-5);
        if (found < 0) {
            throw new Refusal("attribute 'epsilon' must not be negative, and is " + found);
        }
        return found;
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
        return found == null
                ? null
                : found.getIntsList().stream().mapToLong(Long::longValue).toArray();
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
        if (found != null && found.getAllFields().keySet().stream().anyMatch(field -> !belongs(field, type))) {
            throw new Refusal("attribute '" + name + "' of the type " + type + " has values of other types, too");
        }
        return found;
    }

    private static boolean belongs(FieldDescriptor field, AttributeType type) {
        return switch (field.getNumber()) {
            case AttributeProto.NAME_FIELD_NUMBER,
                    AttributeProto.TYPE_FIELD_NUMBER,
                    AttributeProto.DOC_STRING_FIELD_NUMBER -> true;
            case AttributeProto.F_FIELD_NUMBER -> type == AttributeType.FLOAT;
            case AttributeProto.I_FIELD_NUMBER -> type == AttributeType.INT;
            case AttributeProto.S_FIELD_NUMBER -> type == AttributeType.STRING;
            case AttributeProto.T_FIELD_NUMBER -> type == AttributeType.TENSOR;
            case AttributeProto.FLOATS_FIELD_NUMBER -> type == AttributeType.FLOATS;
            case AttributeProto.INTS_FIELD_NUMBER -> type == AttributeType.INTS;
            default -> false;
        };
    }
}
