package io.phyla.evaluators.onnx;

import io.phyla.spaces.design.Extent;
import java.util.ArrayList;
import java.util.List;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.AttributeProto.AttributeType;
import org.nd4j.shade.protobuf.ByteString;

/** The attributes of one ONNX node, in the order they are put. */
final class Attributes {

    static final Attributes NONE = new Attributes();

    private final List<AttributeProto> list = new ArrayList<>();

    private Attributes() {}

    static Attributes of(String name, long value) {
        return new Attributes().and(name, value);
    }

    static Attributes of(String name, double value) {
        return new Attributes().and(name, value);
    }

    static Attributes of(String name, String value) {
        return new Attributes().and(name, value);
    }

    static Attributes of(String name, List<Long> values) {
        return new Attributes().and(name, values);
    }

    static Attributes of(String name, Extent value) {
        return new Attributes().and(name, value);
    }

    Attributes and(String name, long value) {
        return put(AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.INT)
                .setI(value));
    }

    Attributes and(String name, double value) {
        return put(AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.FLOAT)
                .setF((float) value));
    }

    Attributes and(String name, String value) {
        return put(AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.STRING)
                .setS(ByteString.copyFromUtf8(value)));
    }

    Attributes and(String name, List<Long> values) {
        return put(AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.INTS)
                .addAllInts(values));
    }

    /** Height before width. */
    Attributes and(String name, Extent value) {
        return and(name, List.of((long) value.height(), (long) value.width()));
    }

    /** The same on either side: top, left, bottom, right. */
    Attributes andPads(Extent padding) {
        long height = padding.height();
        long width = padding.width();
        return and("pads", List.of(height, width, height, width));
    }

    private Attributes put(AttributeProto.Builder attribute) {
        list.add(attribute.build());
        return this;
    }

    List<AttributeProto> list() {
        return list;
    }
}
