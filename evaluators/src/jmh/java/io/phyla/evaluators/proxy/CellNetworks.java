package io.phyla.evaluators.proxy;

import io.phyla.evaluators.engine.SplitMix;
import io.phyla.spaces.Genome;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.NetworkJson;
import io.phyla.spaces.nb201.Nb201Parameters;
import io.phyla.spaces.nb201.Nb201Space;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes random cells (C = 16, N = 1, 16 x 16 pixels) as networks, one a line, for the same work elsewhere: FILE COUNT. */
public final class CellNetworks {

    private CellNetworks() {}

    public static void main(String[] args) throws IOException {
        Nb201Space space = new Nb201Space(new Nb201Parameters(16, 1, 10, 16));
        SplitMix random = new SplitMix(1);
        try (BufferedWriter out = Files.newBufferedWriter(Path.of(args[0]))) {
            for (int i = 0; i < Integer.parseInt(args[1]); i++) {
                int[] options = space.decisions().stream()
                        .mapToInt(decision -> random.nextInt(decision.options().size()))
                        .toArray();
                Network network = space.decode(Genome.of(options));
                out.write(NetworkJson.write(network).toString());
                out.newLine();
            }
        }
    }
}
