package io.phyla.evaluators.onnx;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import org.nd4j.shade.protobuf.ByteString;
import org.nd4j.shade.protobuf.CodedInputStream;
import org.nd4j.shade.protobuf.Descriptors.Descriptor;
import org.nd4j.shade.protobuf.Descriptors.FieldDescriptor;
import org.nd4j.shade.protobuf.Descriptors.FieldDescriptor.JavaType;
import org.nd4j.shade.protobuf.InvalidProtocolBufferException;
import org.nd4j.shade.protobuf.WireFormat;

/**
 * Walks through a protobuf message without keeping it: how deep it nests, how many nodes it has, what memory it would take as
 * objects (an empty message of two bytes takes a hundred), and which fields the parser would not know.
 */
final class WireCheck {

    /** A model needs seven levels, each subgraph three more. */
    static final int DEEPEST = 24;

    /** What an object takes with the list that holds it, roughly and rather too much. */
    private static final int OBJECT = 200;

    private static final int WORD = 8;

    /** Fields that came after the parser and say nothing of what is computed. */
    private static final Map<String, Set<Integer>> HARMLESS = Map.of(
            "ModelProto", Set.of(26),
            "GraphProto", Set.of(16),
            "NodeProto", Set.of(9, 10),
            "TensorProto", Set.of(16),
            "ValueInfoProto", Set.of(4),
            "FunctionProto", Set.of(11, 12, 13, 14));

    private final OnnxLimits limits;
    private final Set<String> notes = new LinkedHashSet<>();
    private long memory;
    private int nodes;

    private WireCheck(OnnxLimits limits) {
        this.limits = limits;
    }

    /**
     * @return what unknown fields are left out
     * @throws OnnxException if the message is more than the limits allow or has unknown fields that may matter
     * @throws IOException if it is no protobuf message
     */
    static Set<String> check(ByteString bytes, OnnxLimits limits) throws IOException, OnnxException {
        CodedInputStream in = bytes.newCodedInput();
        in.setSizeLimit(Integer.MAX_VALUE);
        WireCheck check = new WireCheck(limits);
        try {
            check.message(in, ModelProto.getDescriptor(), 1);
        } catch (Refusal refusal) {
            throw new OnnxException(List.of(refusal.fault("model")));
        }
        return check.notes;
    }

    private void message(CodedInputStream in, Descriptor type, int depth) throws IOException, Refusal {
        if (depth > DEEPEST) {
            throw new Refusal("its messages are nested deeper than " + DEEPEST);
        }
        if (type.equals(NodeProto.getDescriptor()) && ++nodes > limits.nodes()) {
            throw new Refusal("it has more nodes than the allowed " + limits.nodes());
        }
        take(OBJECT);
        while (true) {
            int tag = in.readTag();
            if (tag == 0) {
                return;
            }
            int wire = WireFormat.getTagWireType(tag);
            FieldDescriptor field = type.findFieldByNumber(WireFormat.getTagFieldNumber(tag));
            if (field == null) {
                unknown(type, WireFormat.getTagFieldNumber(tag));
            } else {
                expect(field, wire);
            }
            if (wire == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
                delimited(in, field, depth);
            } else if (wire == WireFormat.WIRETYPE_START_GROUP || !in.skipField(tag)) {
                throw new InvalidProtocolBufferException("not an ONNX model: it has protobuf groups");
            }
            take(WORD);
        }
    }

    private void delimited(CodedInputStream in, FieldDescriptor field, int depth) throws IOException, Refusal {
        int length = in.readRawVarint32();
        if (field != null && field.getJavaType() == JavaType.MESSAGE) {
            int outer = in.pushLimit(length);
            message(in, field.getMessageType(), depth + 1);
            in.popLimit(outer);
            return;
        }
        boolean numbers = field != null && field.isPackable();
        take(numbers ? (long) WORD * length : OBJECT / 2 + length);
        in.skipRawBytes(length);
    }

    /** A field of another wire type than its own would be taken for an unknown one. */
    private static void expect(FieldDescriptor field, int wire) throws InvalidProtocolBufferException {
        boolean packed = field.isPackable() && wire == WireFormat.WIRETYPE_LENGTH_DELIMITED;
        if (wire != field.getLiteType().getWireType() && !packed) {
            throw new InvalidProtocolBufferException(
                    "not an ONNX model: the field " + field.getFullName() + " has the wire type " + wire);
        }
    }

    private void unknown(Descriptor type, int number) throws Refusal {
        String field = "field " + number + " of " + type.getName();
        if (!HARMLESS.getOrDefault(type.getName(), Set.of()).contains(number)) {
            throw new Refusal("it has the unknown " + field + ", which may change what is computed");
        }
        notes.add(field + " (metadata) is left out");
    }

    private void take(long bytes) throws Refusal {
        memory += bytes;
        if (memory > 3 * limits.bytes()) {
            throw new Refusal("it would take more memory than three times the allowed " + limits.bytes()
                    + " bytes of its file");
        }
    }
}
