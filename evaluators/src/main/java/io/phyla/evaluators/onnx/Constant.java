package io.phyla.evaluators.onnx;

import java.util.BitSet;
import java.util.List;

/** A tensor that does not depend on the network's input, the size of a batch apart. */
sealed interface Constant extends Value {

    List<Integer> dims();

    /** Elements by their places, under other dimensions. */
    Constant pick(List<Integer> dims, int[] places);

    /** The same elements under other dimensions. */
    Constant shaped(List<Integer> dims);

    default int size() {
        return dims().stream().reduce(1, Math::multiplyExact);
    }

    /** Floating point of any width. */
    record Real(List<Integer> dims, float[] values) implements Constant {

        static Real scalar(double value) {
            return new Real(List.of(), new float[] {(float) value});
        }

        @Override
        public Real pick(List<Integer> shape, int[] places) {
            float[] picked = new float[places.length];
            for (int i = 0; i < picked.length; i++) {
                picked[i] = values[places[i]];
            }
            return new Real(shape, picked);
        }

        @Override
        public Real shaped(List<Integer> shape) {
            return new Real(shape, values);
        }
    }

    /**
     * Whole numbers and truth values.
     *
     * @param batch elements that are the size of a batch, whatever it will be
     */
    record Whole(List<Integer> dims, long[] values, BitSet batch) implements Constant {

        static Whole of(List<Integer> dims, long... values) {
            return new Whole(dims, values, new BitSet());
        }

        @Override
        public Whole pick(List<Integer> shape, int[] places) {
            long[] picked = new long[places.length];
            BitSet marked = new BitSet();
            for (int i = 0; i < picked.length; i++) {
                picked[i] = values[places[i]];
                marked.set(i, batch.get(places[i]));
            }
            return new Whole(shape, picked, marked);
        }

        @Override
        public Whole shaped(List<Integer> shape) {
            return new Whole(shape, values, batch);
        }
    }
}
