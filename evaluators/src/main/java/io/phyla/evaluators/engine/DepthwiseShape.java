package io.phyla.evaluators.engine;

import io.phyla.spaces.design.Extent;
import io.phyla.spaces.design.Shape;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A convolution of each channel by itself; here weights lie tap by tap, the channels of each side by side. */
record DepthwiseShape(int batch, Shape in, Shape out, Extent kernel, Extent stride, Extent padding, Extent dilation) {

    int taps() {
        return kernel.height() * kernel.width();
    }

    long weightBytes() {
        return (long) taps() * in.channels() * Float.BYTES;
    }

    /** Brings weights from tap by tap to channel by channel. */
    void fromTaps(MemorySegment source, MemorySegment plain) {
        for (int channel = 0; channel < in.channels(); channel++) {
            for (int tap = 0; tap < taps(); tap++) {
                float value = source.getAtIndex(ValueLayout.JAVA_FLOAT, (long) tap * in.channels() + channel);
                plain.setAtIndex(ValueLayout.JAVA_FLOAT, (long) channel * taps() + tap, value);
            }
        }
    }
}
