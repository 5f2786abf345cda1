package io.phyla.evaluators.ensemble;

import io.phyla.evaluators.proxy.ProxyParameters;
import io.phyla.spaces.schema.Param;
import java.util.List;

/** Which proxies are made one, and what a design is compared with. */
public record EnsembleParameters(
        @Param(description = "What the proxies are computed on", byDefault = "{}")
        ProxyParameters proxies,

        @Param(
                description = "Proxies whose majority decides the vote",
                min = 1,
                max = 16,
                byDefault = "[\"synflow\",\"jacob_cov\",\"snip\"]")
        List<String> voters,

        @Param(
                description =
                        "Proxies of the combination and their weights; a negative weight turns a proxy's direction",
                min = 1,
                max = 16,
                byDefault = "[{\"proxy\":\"naswot\"},{\"proxy\":\"synflow\"},{\"proxy\":\"zico\"}]")
        List<Weight> combination,

        @Param(
                description = "Designs drawn from the space to compare with; each worker computes them once per search",
                min = 2,
                max = 1024,
                byDefault = "32")
        int references,

        @Param(description = "Draws those designs and their first weights", byDefault = "1")
        long referenceSeed) {

    /** A proxy's part in the combination. */
    public record Weight(
            @Param(description = "Name of the proxy's metric", min = 1, max = 60)
            String proxy,

            @Param(description = "Weight of its percentile", min = -1000, max = 1000, byDefault = "1")
            double weight) {}
}
