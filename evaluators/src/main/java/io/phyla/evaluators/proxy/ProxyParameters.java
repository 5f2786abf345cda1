package io.phyla.evaluators.proxy;

import io.phyla.spaces.schema.Param;

/** What the proxies are computed on. */
public record ProxyParameters(
        @Param(
                description = "Data set: glyphs or gratings, which are built in, or the name of registered images;"
                        + " its classes need not be those of the space, labels count modulo the network's outputs",
                min = 1,
                max = 200,
                byDefault = "\"glyphs\"")
        String data,

        @Param(
                description = "Images per network, at least two; figures are comparable at equal batch size only",
                min = 2,
                max = 512,
                byDefault = "64")
        int batch,

        @Param(description = "Chooses the training images, the same for all candidates", byDefault = "1")
        long imageSeed,

        @Param(
                description = "Images that ntk_cond is computed on, at most as many as the batch has;"
                        + " its time grows with the square and its memory by one copy of the weights per image",
                min = 2,
                max = 128,
                byDefault = "16")
        int ntkBatch,

        @Param(
                description = "Draws of weights and images whose zen scores are averaged",
                min = 1,
                max = 32,
                byDefault = "1")
        int zenRepeats) {}
