package io.phyla.evaluators.source;

import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.LayerProgram;

/**
 * A layer program as a Python file of its own, for use in networks that Phyla knows nothing about. It takes the number of
 * channels; moments of the batch have moving averages, which training updates and evaluation uses.
 */
public final class LayerSource {

    private LayerSource() {}

    /** A module {@code Layer} for PyTorch 1.13 or newer, N,C,H,W, that checks itself against golden vectors beside it. */
    public static String pytorch(LayerProgram program) {
        return """
            \"""A layer written by Phyla; it needs PyTorch 1.13 or newer and nothing else.

                layer = Layer(channels)

            takes and gives N,C,H,W. To see that it computes what it should: python THIS_FILE, with golden.json beside it.
            \"""
            import json
            import math
            import pathlib

            import torch
            from torch import nn
            """
                + Helper.TORCH_PROGRAM.text()
                + new ProgramClass("Layer", program, Layer.Program.MOMENTUM).torch()
                + Helper.TORCH_VERIFY.text();
    }

    /** A layer {@code Layer} for Keras 3, whatever its backend, N,H,W,C. */
    public static String keras(LayerProgram program) {
        return """
            \"""A layer written by Phyla; it needs Keras 3 and nothing else.

                layer = Layer()

            takes and gives N,H,W,C, on any of Keras' backends.
            \"""
            import keras
            from keras import ops
            """
                + Helper.KERAS_PROGRAM.text()
                + new ProgramClass("Layer", program, Layer.Program.MOMENTUM).keras();
    }
}
