package io.phyla.evaluators.onnx;

import io.phyla.evaluators.onnx.Constant.Whole;
import io.phyla.evaluators.onnx.view.View;
import java.util.ArrayList;
import java.util.List;

/** The shape that a reshape asks for, the batch apart: 0 keeps a dimension, -1 stands for what is left. */
final class Target {

    private static final int MOST_DIMENSIONS = 12;

    private Target() {}

    static List<Long> sizes(Operation operation, View view, Whole target) throws Refusal {
        long[] asked = target.values();
        if (asked.length < 1 || asked.length > MOST_DIMENSIONS) {
            throw new Refusal("a shape of " + asked.length + " dimensions cannot be read");
        }
        if (target.batch().nextSetBit(1) >= 0) {
            throw new Refusal("the size of a batch becomes dimension "
                    + target.batch().nextSetBit(1) + "; it may be the first only");
        }
        List<Long> sizes = new ArrayList<>();
        int open = -1;
        for (int i = 1; i < asked.length; i++) {
            if (asked[i] == -1 && open < 0) {
                open = i - 1;
                sizes.add(1L);
            } else if (asked[i] == 0 && i <= view.dims().size()) {
                sizes.add(view.size(i - 1));
            } else if (asked[i] > 0) {
                sizes.add(asked[i]);
            } else {
                throw new Refusal("the new shape has " + asked[i] + " as its dimension " + i);
            }
        }
        long product = Budget.elements(sizes);
        long elements = view.elements();
        if (open >= 0 && product > 0 && elements % product == 0) {
            sizes.set(open, elements / product);
            product = elements;
        }
        boolean single = operation.batch() == 0 && open < 0;
        boolean batch = target.batch().get(0)
                || asked[0] == 0
                || asked[0] == 1 && single
                || asked[0] == operation.batch()
                || asked[0] == -1 && open < 0;
        if (!batch || product != elements) {
            throw new Refusal("the new shape " + shown(target) + " does not keep the " + elements
                    + " elements of each sample of " + view + " together");
        }
        return sizes;
    }

    private static String shown(Whole target) {
        List<String> shown = new ArrayList<>();
        for (int i = 0; i < target.values().length; i++) {
            shown.add(target.batch().get(i) ? "N" : String.valueOf(target.values()[i]));
        }
        return Labels.shown(shown.toString());
    }
}
