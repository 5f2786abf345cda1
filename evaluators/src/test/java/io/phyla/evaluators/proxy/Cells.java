package io.phyla.evaluators.proxy;

import io.phyla.spaces.design.Network;
import io.phyla.spaces.nb201.CellString;
import io.phyla.spaces.nb201.Nb201Parameters;
import io.phyla.spaces.nb201.Nb201Space;

/** NAS-Bench-201 networks of any size by the published form of their cell. */
final class Cells {

    private Cells() {}

    static Network network(String cell, int channels, int cells, int size) {
        return new Nb201Space(new Nb201Parameters(channels, cells, 10, size)).decode(CellString.parse(cell));
    }
}
