package io.phyla.evaluators.source;

import io.phyla.evaluators.export.Outline;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Network.Node;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/**
 * A network as one Python file that needs PyTorch (1.13 or newer) and nothing else: a module that reads as if written by hand,
 * takes its numbers from a safetensors file and can be trained on. Images are N,C,H,W; the output is N,C,H,W or, where no more
 * than one position is left, N,C. Names of layers reach the source only as identifiers and escaped literals.
 */
public final class PyTorchSource {

    private PyTorchSource() {}

    /** Writes the file in UTF-8; the stream stays open. */
    public static void write(Network network, OutputStream out) throws IOException {
        Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        writer.write(text(network));
        writer.flush();
    }

    private static String text(Network network) {
        Outline outline = Outline.of(network);
        Modules modules = new Modules(network, outline);
        Forward forward = new Forward(network, outline, modules);
        StringBuilder text = new StringBuilder(header(network, outline));
        forward.helpers().forEach(helper -> text.append(helper.text()));
        text.append(modules.classes());
        text.append(Helper.READING.text());
        text.append(tables(network, forward, modules));
        text.append("\n\nclass Network(nn.Module):\n    def __init__(self):\n        super().__init__()\n");
        for (int node = 0; node < network.nodes().size(); node++) {
            String name = forward.identifier(node);
            modules.of(node).ifPresent(module -> text.append("        self.%s = %s\n".formatted(name, module)));
        }
        text.append("\n    def forward(self, images):\n").append(forward.text());
        return text.append(Helper.LOADING.text()).toString();
    }

    private static String header(Network network, Outline outline) {
        String in = "%d, %d, %d"
                .formatted(
                        network.input().channels(),
                        network.input().height(),
                        network.input().width());
        String out = outline.vectorOutput()
                ? Integer.toString(network.output().channels())
                : "%d, %d, %d"
                        .formatted(
                                network.output().channels(),
                                network.output().height(),
                                network.output().width());
        return """
            \"""A network written by Phyla; it needs PyTorch 1.13 or newer and nothing else.

            Images are (batch, %s), the output is (batch, %s). From Python:

                network = Network().load_safetensors("weights.safetensors").eval()

            On the command line, to see that file and weights fit: python THIS_FILE weights.safetensors
            \"""
            import json
            import struct
            import sys

            import torch
            from torch import nn
            from torch.nn import functional as F

            IMAGES = (%s)
            """.formatted(in, out, in);
    }

    /** How tensors are called in the file and here. */
    private static String tables(Network network, Forward forward, Modules modules) {
        StringBuilder text = new StringBuilder("""


            # Layers as the weights file calls them, and as they are called here.
            LAYERS = {
            """);
        for (int node = 0; node < network.nodes().size(); node++) {
            if (modules.of(node).isPresent()) {
                Node it = network.nodes().get(node);
                text.append("    ").append(PythonNames.literal(it.name())).append(": ");
                text.append(PythonNames.literal(forward.identifier(node))).append(",\n");
            }
        }
        return text.append("""
            }
            ROLES = {
                "weight": "weight",
                "bias": "bias",
                "scale": "weight",
                "shift": "bias",
                "mean": "running_mean",
                "variance": "running_var",
            }
            """).toString();
    }
}
