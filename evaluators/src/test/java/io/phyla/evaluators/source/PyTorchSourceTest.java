package io.phyla.evaluators.source;


import io.phyla.evaluators.engine.RandomNetworks;
import io.phyla.evaluators.engine.ReferenceExecution;
import io.phyla.evaluators.export.Closeness;
import io.phyla.evaluators.export.Specimens;
import io.phyla.spaces.design.Network;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PyTorch computes what we compute, from the source that we write. */
class PyTorchSourceTest {

    private static final int BATCH = 2;

    @TempDir
    Path directory;

    @Test
    void randomNetworksGiveTheSameOutputs() throws Exception {
        Python python = Python.withTorch();
        Path modules = directory.resolve("modules");
        for (long seed = 0; seed < 100; seed++) {
            Network network = RandomNetworks.of(seed);
            Python.lay(modules.resolve("n" + seed), network, Specimens.weights(network, seed), BATCH, seed);
        }
        python.runAll(modules, directory);
        for (long seed = 0; seed < 100; seed++) {
            Network network = RandomNetworks.of(seed);
            try (ReferenceExecution reference = new ReferenceExecution(network, BATCH)) {
                double[] expected = Specimens.outputs(
                        reference, Specimens.weights(network, seed), Specimens.images(network, BATCH, seed));
                Closeness.check("seed " + seed, expected, Python.output(modules.resolve("n" + seed)));
            }
        }
    }
}
