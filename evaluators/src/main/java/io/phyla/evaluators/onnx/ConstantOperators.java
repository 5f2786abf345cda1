package io.phyla.evaluators.onnx;

import io.phyla.evaluators.onnx.Constant.Real;
import io.phyla.evaluators.onnx.Constant.Whole;
import io.phyla.evaluators.onnx.view.View;
import io.phyla.spaces.design.Layer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorProto.DataType;

/** Constants, and operators that make constants of constants: what exporters write to compute shapes. */
final class ConstantOperators {

    private ConstantOperators() {}

    static Value constant(Operation operation) throws Refusal {
        NodeAttributes attributes = operation.attributes();
        if (attributes.has("value_float")) {
            return Real.scalar(attributes.any("value_float", 0));
        } else if (attributes.has("value_int")) {
            return Whole.of(List.of(), attributes.integer("value_int", 0));
        } else if (attributes.has("value_ints")) {
            long[] values = attributes.integers("value_ints");
            return values == null ? new Value.Unreadable() : Whole.of(List.of(values.length), values);
        } else if (attributes.has("value_floats")) {
            float[] values = attributes.reals("value_floats");
            return values == null ? new Value.Unreadable() : new Real(List.of(values.length), values);
        }
        TensorProto tensor = attributes.tensor("value");
        if (tensor == null) {
            throw new Refusal("it needs the attribute 'value'; texts and sparse tensors cannot be read");
        }
        return Tensors.read(tensor, operation.budget());
    }

    static Value constantOfShape(Operation operation) throws Refusal {
        TensorProto tensor = operation.attributes().tensor("value");
        Constant value = tensor == null ? Real.scalar(0) : Tensors.read(tensor, operation.budget());
        if (value.size() != 1) {
            throw new Refusal("attribute 'value' must be one number");
        }
        return operation.fixed(0) instanceof Whole dims && !dims.batch().isEmpty()
                ? zeros(operation, value, dims)
                : filled(operation, value, operation.whole(0));
    }

    /** As many zeros for each sample as something that has been computed before. */
    private static Value zeros(Operation operation, Constant value, Whole dims) throws Refusal {
        if (!(value instanceof Real real) || real.values()[0] != 0) {
            throw new Refusal("there is no layer for a constant for each sample, unless it is 0");
        }
        List<Long> sizes = Arrays.stream(dims.values()).skip(1).boxed().toList();
        Assembly assembly = operation.assembly();
        for (int layer = assembly.size() - 1; layer >= 0 && dims.batch().cardinality() == 1; layer--) {
            View view = View.usual(assembly.shape(layer), sizes.size());
            if (dims.batch().get(0)
                    && view.sizes().equals(sizes)
                    && view.elements() == assembly.shape(layer).elements()) {
                return operation.add(new Layer.Zero(), view, layer);
            }
        }
        throw new Refusal("there is no layer for zeros of " + Budget.shown(sizes) + " for each sample");
    }

    private static Constant filled(Operation operation, Constant value, long[] dims) throws Refusal {
        int elements = operation.budget().take(Arrays.stream(dims).boxed().toList());
        return value.pick(Arrays.stream(dims).mapToObj(dim -> (int) dim).toList(), new int[elements]);
    }

    static Value shape(Operation operation) throws Refusal {
        List<Integer> dims = operation.fixed(0).dims();
        if (operation.attributes().has("start") || operation.attributes().has("end")) {
            throw new Refusal("only the whole shape of a constant can be read");
        }
        return Whole.of(
                List.of(dims.size()),
                dims.stream().mapToLong(Integer::longValue).toArray());
    }

    static Value cast(Operation operation) throws Refusal {
        Constant of = operation.fixed(0);
        DataType to = DataType.forNumber((int) Math.clamp(operation.attributes().integer("to", 0), 0, 99));
        boolean real = to == DataType.FLOAT || to == DataType.DOUBLE || to == DataType.FLOAT16;
        boolean whole = to == DataType.INT64 || to == DataType.INT32;
        if (of instanceof Real it && real || of instanceof Whole && whole) {
            return of;
        } else if (of instanceof Whole it && real && it.batch().isEmpty()) {
            float[] values = new float[it.values().length];
            for (int i = 0; i < values.length; i++) {
                values[i] = it.values()[i];
            }
            operation.budget().take(List.of((long) values.length));
            return new Real(it.dims(), values);
        } else if (of instanceof Real it && whole) {
            long[] values = new long[it.values().length];
            for (int i = 0; i < values.length; i++) {
                values[i] = (long) it.values()[i];
            }
            operation.budget().take(List.of((long) values.length));
            return Whole.of(it.dims(), values);
        }
        throw new Refusal("constants cannot be made of the type " + to + " here");
    }

    static Value concat(Operation operation) throws Refusal {
        List<Constant> parts = new ArrayList<>();
        for (int i = 0; i < operation.inputs(); i++) {
            parts.add(operation.fixed(i));
        }
        int rank = parts.getFirst().dims().size();
        int axis = operation.axis(operation.attributes().integer("axis", 0), rank);
        return Moves.join(parts, axis, operation.budget());
    }

    static Value gather(Operation operation) throws Refusal {
        Constant of = operation.fixed(0);
        int axis = operation.axis(
                operation.attributes().integer("axis", 0), of.dims().size());
        if (!(operation.fixed(1) instanceof Whole which)) {
            throw new Refusal("its indices must be whole numbers");
        }
        int size = of.dims().get(axis);
        int[] along = new int[operation.whole(1).length];
        for (int i = 0; i < along.length; i++) {
            along[i] = operation.axis(which.values()[i], size);
        }
        List<Integer> dims = new ArrayList<>(of.dims().subList(0, axis));
        dims.addAll(which.dims());
        dims.addAll(of.dims().subList(axis + 1, of.dims().size()));
        return Moves.along(of, axis, along, operation.budget()).shaped(dims);
    }

    static Value slice(Operation operation) throws Refusal {
        Constant of = operation.fixed(0);
        boolean attributes = operation.opset() < 10;
        long[] starts = attributes ? operation.attributes().integers("starts") : operation.whole(1);
        long[] ends = attributes ? operation.attributes().integers("ends") : operation.whole(2);
        long[] axes =
                attributes ? operation.attributes().integers("axes") : operation.given(3) ? operation.whole(3) : null;
        long[] steps = !attributes && operation.given(4) ? operation.whole(4) : null;
        if (starts == null
                || ends == null
                || starts.length != ends.length
                || starts.length > of.dims().size()
                || axes != null && axes.length != starts.length
                || steps != null && steps.length != starts.length) {
            throw new Refusal("its starts, ends, axes and steps do not fit one another");
        }
        for (int i = 0; i < starts.length; i++) {
            int axis = operation.axis(axes == null ? i : axes[i], of.dims().size());
            int[] along = Moves.range(
                    starts[i], ends[i], steps == null ? 1 : steps[i], of.dims().get(axis));
            of = Moves.along(of, axis, along, operation.budget());
        }
        return of;
    }

    static Value transpose(Operation operation) throws Refusal {
        Constant of = operation.fixed(0);
        int rank = of.dims().size();
        long[] asked = operation.attributes().integers("perm");
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < rank; i++) {
            order.add(asked == null ? rank - 1 - i : i < asked.length ? operation.axis(asked[i], rank) : 0);
        }
        if (asked != null && asked.length != rank || IntStream.range(0, rank).anyMatch(i -> !order.contains(i))) {
            throw new Refusal("attribute 'perm' must be an order of " + rank + " dimensions");
        }
        return Moves.transpose(of, order, operation.budget());
    }

    static Value reshape(Operation operation) throws Refusal {
        Constant of = operation.fixed(0);
        operation.attributes().only("allowzero", 0);
        long[] asked = operation.whole(1).clone();
        int open = -1;
        List<Long> dims = new ArrayList<>();
        for (int i = 0; i < asked.length; i++) {
            if (asked[i] == -1 && open < 0) {
                open = i;
            }
            dims.add(asked[i] == 0 && i < of.dims().size() ? (long) of.dims().get(i) : open == i ? 1 : asked[i]);
        }
        long product = Budget.elements(dims);
        if (open >= 0 && product > 0) {
            dims.set(open, of.size() / product);
        }
        if (Budget.elements(dims) != of.size()) {
            throw new Refusal("a constant of " + of.size() + " numbers does not fit the shape " + Budget.shown(dims));
        }
        return of.shaped(dims.stream().map(Long::intValue).toList());
    }

    static Value squeeze(Operation operation) throws Refusal {
        Constant of = operation.fixed(0);
        long[] axes = ShapeOperators.axes(operation);
        int rank = of.dims().size();
        List<Integer> gone = new ArrayList<>();
        for (int i = 0; i < (axes == null ? rank : axes.length); i++) {
            int axis = axes == null ? i : operation.axis(axes[i], rank);
            if (of.dims().get(axis) == 1) {
                gone.add(axis);
            } else if (axes != null) {
                throw new Refusal("dimension " + axis + " has " + of.dims().get(axis) + " elements, not 1");
            }
        }
        return of.shaped(IntStream.range(0, rank)
                .filter(i -> !gone.contains(i))
                .mapToObj(of.dims()::get)
                .toList());
    }

    static Value unsqueeze(Operation operation) throws Refusal {
        Constant of = operation.fixed(0);
        long[] axes = ShapeOperators.axes(operation);
        if (axes == null || axes.length > 8 || of.dims().size() > 16) {
            throw new Refusal("it needs one to eight axes");
        }
        int rank = of.dims().size() + axes.length;
        List<Integer> places = new ArrayList<>();
        for (long axis : axes) {
            places.add(operation.axis(axis, rank));
        }
        Collections.sort(places);
        List<Integer> dims = new ArrayList<>(of.dims());
        for (int place : places) {
            if (place > dims.size()) {
                throw new Refusal("its axes repeat");
            }
            dims.add(place, 1);
        }
        return of.shaped(dims);
    }

    static Value expand(Operation operation) throws Refusal {
        Constant of = operation.fixed(0);
        List<Long> asked = Arrays.stream(operation.whole(1)).boxed().toList();
        return Moves.broadcast(of, Moves.together(of.dims(), asked), operation.budget());
    }
}
