package io.phyla.evaluators.proxy;

import io.phyla.spaces.nb201.Nb201Parameters;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What {@link AllCells} scores: two files, then {@code name=value} in any order.
 *
 * @param images CIFAR records
 * @param table published results
 * @param full N = 5, 32 x 32 pixels, batch 64 instead of N = 1, 16 x 16 pixels, batch 32
 * @param cells how many, drawn without replacement; all of the table if there are no more
 * @param seed draws the cells
 */
record CellOptions(Path images, Path table, List<Proxy> proxies, boolean full, int cells, long seed, int threads) {

    private static final String USAGE = "give a file of CIFAR records, the table of published results and, if wanted,"
            + " proxies=naswot,synflow,... size=reduced|full cells=300 seed=1 threads=2";

    static CellOptions parse(String[] args) {
        if (args.length < 2) {
            throw new IllegalArgumentException(USAGE);
        }
        Map<String, String> named = new TreeMap<>(Map.of(
                "proxies", "naswot,synflow,zico,jacob_cov",
                "size", "reduced",
                "cells", String.valueOf(Integer.MAX_VALUE),
                "seed", "1",
                "threads", String.valueOf(Runtime.getRuntime().availableProcessors())));
        for (String arg : Arrays.asList(args).subList(2, args.length)) {
            String[] pair = arg.split("=", 2);
            if (pair.length < 2 || named.put(pair[0], pair[1]) == null) {
                throw new IllegalArgumentException("'" + arg + "' is no option; " + USAGE);
            }
        }
        return new CellOptions(
                Path.of(args[0]),
                Path.of(args[1]),
                Arrays.stream(named.get("proxies").split(","))
                        .map(CellOptions::proxy)
                        .toList(),
                named.get("size").equals("full"),
                Integer.parseInt(named.get("cells")),
                Long.parseLong(named.get("seed")),
                Integer.parseInt(named.get("threads")));
    }

    private static Proxy proxy(String name) {
        return ProxyEvaluator.PROXIES.stream()
                .filter(proxy -> proxy.metric().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no proxy '" + name + "'"));
    }

    Nb201Parameters space() {
        return full ? new Nb201Parameters(16, 5, 10, 32) : new Nb201Parameters(16, 1, 10, 16);
    }

    int batch() {
        return full ? 64 : 32;
    }
}
