package io.phyla.evaluators.proxy;

import io.phyla.spaces.design.NetworkJson;
import io.phyla.spaces.nb201.CellString;
import io.phyla.spaces.nb201.Nb201Parameters;
import io.phyla.spaces.nb201.Nb201Space;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes the cells that {@link AllCells} draws with seed 1, reduced (C = 16, N = 1, 16 x 16 pixels), as networks, one a line, for
 * the same work elsewhere. Arguments: the file, the table of published results, how many.
 */
public final class CellNetworks {

    private CellNetworks() {}

    public static void main(String[] args) throws IOException {
        Nb201Space space = new Nb201Space(new Nb201Parameters(16, 1, 10, 16));
        CellTable cells = CellTable.read(Path.of(args[1])).sample(Integer.parseInt(args[2]), 1);
        try (BufferedWriter out = Files.newBufferedWriter(Path.of(args[0]))) {
            for (String cell : cells.column("arch_str")) {
                out.write(
                        NetworkJson.write(space.decode(CellString.parse(cell))).toString());
                out.newLine();
            }
        }
    }
}
