package io.phyla.evaluators.onnx;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Constants whose elements stand elsewhere or several times; whoever asks has the budget for it. */
final class Moves {

    private Moves() {}

    /** Chosen indices of one dimension. */
    static Constant along(Constant of, int axis, int[] which, Budget budget) throws Refusal {
        List<Integer> dims = new ArrayList<>(of.dims());
        int size = dims.set(axis, which.length);
        int[] places = new int[take(dims, budget)];
        int inner = product(dims.subList(axis + 1, dims.size()));
        for (int i = 0; i < places.length; i++) {
            int outer = i / inner / which.length;
            places[i] = (outer * size + which[i / inner % which.length]) * inner + i % inner;
        }
        return of.pick(dims, places);
    }

    static Constant transpose(Constant of, List<Integer> order, Budget budget) throws Refusal {
        List<Integer> dims = order.stream().map(of.dims()::get).toList();
        int[] strides = strides(of.dims());
        return spread(of, dims, order.stream().mapToInt(axis -> strides[axis]).toArray(), budget);
    }

    /** Repeats dimensions of one element. */
    static Constant broadcast(Constant of, List<Long> to, Budget budget) throws Refusal {
        Budget.elements(to);
        int missing = to.size() - of.dims().size();
        int[] own = strides(of.dims());
        int[] strides = new int[to.size()];
        for (int i = missing; i < strides.length; i++) {
            strides[i] = of.dims().get(i - missing) == 1 ? 0 : own[i - missing];
        }
        return spread(of, to.stream().map(Long::intValue).toList(), strides, budget);
    }

    private static Constant spread(Constant of, List<Integer> dims, int[] strides, Budget budget) throws Refusal {
        int[] places = new int[take(dims, budget)];
        for (int i = 0; i < places.length; i++) {
            int rest = i;
            for (int dim = dims.size() - 1; dim >= 0; dim--) {
                places[i] += rest % dims.get(dim) * strides[dim];
                rest /= dims.get(dim);
            }
        }
        return of.pick(dims, places);
    }

    /** The shape that two are broadcast to. */
    static List<Long> together(List<Integer> a, List<Long> b) throws Refusal {
        if (b.size() > 16) {
            throw new Refusal("a shape of " + b.size() + " dimensions cannot be read");
        }
        int rank = Math.max(a.size(), b.size());
        List<Long> dims = new ArrayList<>();
        for (int i = 0; i < rank; i++) {
            long one = i < rank - a.size() ? 1 : a.get(i - rank + a.size());
            long other = i < rank - b.size() ? 1 : b.get(i - rank + b.size());
            if (one != other && one != 1 && other != 1) {
                throw new Refusal("constants of " + a + " and " + Budget.shown(b) + " do not fit together");
            }
            dims.add(one == 1 ? other : one);
        }
        return dims;
    }

    static Constant join(List<Constant> parts, int axis, Budget budget) throws Refusal {
        List<Integer> dims = new ArrayList<>(parts.getFirst().dims());
        long size = 0;
        for (Constant part : parts) {
            List<Integer> rest = new ArrayList<>(part.dims());
            if (rest.size() != dims.size()
                    || part.getClass() != parts.getFirst().getClass()) {
                throw new Refusal("the joined constants differ in type or number of dimensions");
            }
            size += rest.set(axis, dims.get(axis));
            if (!rest.equals(dims)) {
                throw new Refusal("the joined constants differ in size: " + dims + " and " + part.dims());
            }
        }
        List<Long> joined =
                new ArrayList<>(dims.stream().map(Integer::longValue).toList());
        joined.set(axis, size);
        int elements = budget.take(joined);
        float[] real = new float[elements];
        long[] whole = new long[elements];
        BitSet batch = new BitSet();
        int outer = product(dims.subList(0, axis));
        int to = 0;
        for (int i = 0; i < outer; i++) {
            for (Constant part : parts) {
                int run = part.size() / Math.max(1, outer);
                switch (part) {
                    case Constant.Real it -> System.arraycopy(it.values(), i * run, real, to, run);
                    case Constant.Whole it -> {
                        System.arraycopy(it.values(), i * run, whole, to, run);
                        for (int j = 0; j < run; j++) {
                            batch.set(to + j, it.batch().get(i * run + j));
                        }
                    }
                }
                to += run;
            }
        }
        List<Integer> shape = joined.stream().map(Long::intValue).toList();
        return parts.getFirst() instanceof Constant.Real
                ? new Constant.Real(shape, real)
                : new Constant.Whole(shape, whole, batch);
    }

    /** From one index until before another, backwards if the step is negative; negative ones count from the end. */
    static int[] range(long start, long end, long step, int size) throws Refusal {
        if (step == 0 || step == Long.MIN_VALUE) {
            throw new Refusal("a step must not be " + step);
        }
        if (size == 0) {
            return new int[0];
        }
        int first = step > 0 ? 0 : -1;
        long from = bound(start, size, Math.max(0, first), first + size);
        long to = bound(end, size, first, first + size);
        long count = Math.max(0, Math.ceilDiv((to - from) * Long.signum(step), Math.abs(step)));
        int[] range = new int[(int) count];
        for (int i = 0; i < range.length; i++) {
            range[i] = (int) (from + i * step);
        }
        return range;
    }

    private static long bound(long position, int size, int least, int most) {
        long counted = position < 0 ? Math.max(position, -size - 1L) + size : position;
        return Math.max(least, Math.min(counted, most));
    }

    private static int[] strides(List<Integer> dims) {
        int[] strides = new int[dims.size()];
        int stride = 1;
        for (int i = dims.size() - 1; i >= 0; i--) {
            strides[i] = stride;
            stride *= dims.get(i);
        }
        return strides;
    }

    private static int take(List<Integer> dims, Budget budget) throws Refusal {
        return budget.take(dims.stream().map(Integer::longValue).toList());
    }

    private static int product(List<Integer> dims) {
        return dims.stream().reduce(1, Math::multiplyExact);
    }
}
