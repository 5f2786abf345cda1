package io.phyla.evaluators.onnx;

import io.phyla.evaluators.onnx.view.View;
import io.phyla.spaces.design.Shape;
import java.util.List;

/** How a constant of fewer dimensions is laid over a tensor: from the last dimension on. */
final class Broadcast {

    private Broadcast() {}

    /** Whether a constant has one number for each channel, whichever dimension they are, and none for anything else. */
    static boolean perChannel(List<Integer> constant, View view, Shape shape) {
        int offset = view.dims().size() + 1 - constant.size();
        if (offset < 0) {
            return false;
        }
        boolean found = false;
        for (int i = 0; i < constant.size(); i++) {
            if (constant.get(i) == 1) {
                continue;
            }
            int dim = offset + i - 1;
            if (dim < 0 || found || !view.dims().get(dim).equals(View.channels(shape))
                    || constant.get(i) != shape.channels()) {
                return false;
            }
            found = true;
        }
        return found;
    }
}
