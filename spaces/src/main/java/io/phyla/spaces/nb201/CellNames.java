package io.phyla.spaces.nb201;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The names of one cell's layers. All 15,625 networks share them, so that building one writes no text. */
record CellNames(List<Edge> edges, List<Node> nodes) {

    /** The layers that can stand on an edge. */
    record Edge(String pool, String relu, String convolution, String norm) {

        private Edge(String edge) {
            this(edge + ".pool", edge + ".relu", edge + ".convolution", edge + ".norm");
        }
    }

    /** The layers that can gather what arrives at a node. */
    record Node(String zero, String add) {}

    /** All cells of a network, stage by stage. */
    static List<CellNames> of(int stages, int cells) {
        List<CellNames> names = new ArrayList<>();
        for (int stage = 1; stage <= stages; stage++) {
            for (int cell = 0; cell < cells; cell++) {
                names.add(of("stage" + stage + ".cell" + cell));
            }
        }
        return names;
    }

    private static CellNames of(String cell) {
        return new CellNames(
                IntStream.range(0, CellString.SOURCE.length)
                        .mapToObj(edge -> new Edge(cell + ".edge" + CellString.SOURCE[edge] + CellString.TARGET[edge]))
                        .toList(),
                IntStream.range(0, Nb201Network.CELL_NODES)
                        .mapToObj(node -> new Node(cell + ".node" + node + ".zero", cell + ".node" + node + ".add"))
                        .toList());
    }
}
