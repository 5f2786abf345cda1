package io.phyla.evaluators.proxy;

import io.phyla.spaces.schema.Param;

/** What the proxies are computed on. */
public record ProxyParameters(
        @Param(
                description = "Data set: glyphs, which is built in, or the name of registered images;"
                        + " labels are not used, so its classes need not be those of the space",
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
        long imageSeed) {}
