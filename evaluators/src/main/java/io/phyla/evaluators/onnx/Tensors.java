package io.phyla.evaluators.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorProto.DataLocation;
import onnx.Onnx.TensorProto.DataType;

/** Numbers of ONNX tensors, kept as raw bytes or as lists of a type. */
final class Tensors {

    private static final int MOST_DIMENSIONS = 8;

    private Tensors() {}

    /** @throws Refusal if its numbers are elsewhere, of a type that cannot be read, or not as many as its dimensions say */
    static Constant read(TensorProto tensor, Budget budget) throws Refusal {
        if (tensor.getDataLocation() == DataLocation.EXTERNAL || tensor.getExternalDataCount() > 0) {
            String file = tensor.getExternalDataList().stream()
                    .filter(entry -> entry.getKey().equals("location"))
                    .map(entry -> " ('" + Labels.shown(entry.getValue()) + "')")
                    .findFirst()
                    .orElse("");
            throw refusal(tensor, "has its numbers in another file" + file + ", which is not read");
        }
        if (tensor.getDataLocation() != DataLocation.DEFAULT || tensor.hasSegment()) {
            throw refusal(tensor, "is stored in parts");
        }
        if (tensor.getDimsCount() > MOST_DIMENSIONS) {
            throw refusal(tensor, "has " + tensor.getDimsCount() + " dimensions, more than " + MOST_DIMENSIONS);
        }
        DataType type = DataType.forNumber(tensor.getDataType());
        if (type == null) {
            throw refusal(tensor, "has the unknown type " + tensor.getDataType());
        }
        try {
            long declared = Budget.elements(tensor.getDimsList());
            Numbers numbers = numbers(tensor, type);
            if (declared != numbers.count()) {
                throw new Refusal(
                        "its dimensions " + tensor.getDimsList() + " need " + declared + " numbers, not " + numbers.count());
            }
            budget.take(tensor.getDimsList());
            List<Integer> dims = tensor.getDimsList().stream().map(Long::intValue).toList();
            return numbers.read(dims);
        } catch (Refusal refusal) {
            throw refusal(tensor, String.valueOf(refusal.getMessage()));
        }
    }

    /** Numbers that are counted before they are read. */
    private sealed interface Numbers {
        long count();

        Constant read(List<Integer> dims);

        record Reals(long count, Real at) implements Numbers {
            interface Real {
                double get(int i);
            }

            @Override
            public Constant read(List<Integer> dims) {
                float[] values = new float[(int) count];
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) at.get(i);
                }
                return new Constant.Real(dims, values);
            }
        }

        record Wholes(long count, Whole at) implements Numbers {
            interface Whole {
                long get(int i);
            }

            @Override
            public Constant read(List<Integer> dims) {
                long[] values = new long[(int) count];
                for (int i = 0; i < values.length; i++) {
                    values[i] = at.get(i);
                }
                return Constant.Whole.of(dims, values);
            }
        }
    }

    private static Numbers numbers(TensorProto tensor, DataType type) throws Refusal {
        if (tensor.getRawData().isEmpty()) {
            return typed(tensor, type);
        }
        if (tensor.getFloatDataCount() + tensor.getDoubleDataCount() + tensor.getInt32DataCount() > 0
                || tensor.getInt64DataCount() + tensor.getUint64DataCount() + tensor.getStringDataCount() > 0) {
            throw new Refusal("it has its numbers twice, as raw bytes and as a list");
        }
        ByteBuffer raw = tensor.getRawData().asReadOnlyByteBuffer().slice().order(ByteOrder.LITTLE_ENDIAN);
        return switch (type) {
            case FLOAT -> new Numbers.Reals(count(raw, 4), i -> raw.getFloat(4 * i));
            case DOUBLE -> new Numbers.Reals(count(raw, 8), i -> raw.getDouble(8 * i));
            case FLOAT16 -> new Numbers.Reals(count(raw, 2), i -> Float.float16ToFloat(raw.getShort(2 * i)));
            case BFLOAT16 -> new Numbers.Reals(count(raw, 2), i -> Float.intBitsToFloat(raw.getShort(2 * i) << 16));
            case INT64 -> new Numbers.Wholes(count(raw, 8), i -> raw.getLong(8 * i));
            case INT32 -> new Numbers.Wholes(count(raw, 4), i -> raw.getInt(4 * i));
            case INT16 -> new Numbers.Wholes(count(raw, 2), i -> raw.getShort(2 * i));
            case INT8 -> new Numbers.Wholes(count(raw, 1), raw::get);
            case UINT8, BOOL -> new Numbers.Wholes(count(raw, 1), i -> raw.get(i) & 0xff);
            case UNDEFINED, UINT16, UINT32, UINT64, STRING, COMPLEX64, COMPLEX128, UNRECOGNIZED ->
                throw new Refusal("its type " + type + " cannot be read");
        };
    }

    private static Numbers typed(TensorProto tensor, DataType type) throws Refusal {
        return switch (type) {
            case FLOAT -> new Numbers.Reals(tensor.getFloatDataCount(), tensor::getFloatData);
            case DOUBLE -> new Numbers.Reals(tensor.getDoubleDataCount(), tensor::getDoubleData);
            case FLOAT16 ->
                new Numbers.Reals(
                        tensor.getInt32DataCount(), i -> Float.float16ToFloat((short) tensor.getInt32Data(i)));
            case BFLOAT16 ->
                new Numbers.Reals(
                        tensor.getInt32DataCount(), i -> Float.intBitsToFloat(tensor.getInt32Data(i) << 16));
            case INT64 -> new Numbers.Wholes(tensor.getInt64DataCount(), tensor::getInt64Data);
            case INT32, INT16, INT8, UINT8, BOOL ->
                new Numbers.Wholes(tensor.getInt32DataCount(), tensor::getInt32Data);
            case UNDEFINED, UINT16, UINT32, UINT64, STRING, COMPLEX64, COMPLEX128, UNRECOGNIZED ->
                throw new Refusal("its type " + type + " cannot be read");
        };
    }

    private static long count(ByteBuffer raw, int width) throws Refusal {
        if (raw.limit() % width != 0) {
            throw new Refusal("its " + raw.limit() + " raw bytes are no whole number of elements of " + width);
        }
        return raw.limit() / width;
    }

    private static Refusal refusal(TensorProto tensor, String detail) {
        return new Refusal("tensor '" + Labels.shown(tensor.getName()) + "': " + detail);
    }
}
