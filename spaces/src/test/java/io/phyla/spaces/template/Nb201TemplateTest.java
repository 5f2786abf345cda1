package io.phyla.spaces.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.spaces.Genome;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.NetworkCost;
import io.phyla.spaces.nb201.CellString;
import io.phyla.spaces.nb201.Nb201Parameters;
import io.phyla.spaces.nb201.Nb201Space;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The first search's space, written in the language. */
class Nb201TemplateTest {

    private static final Nb201Space BUILT_IN = new Nb201Space(Nb201Parameters.CIFAR10);

    private final TemplateSpace space = Samples.space(Samples.document("nb201"));

    /** Shared decisions come in order of their names, edges of the benchmark by their targets. */
    private static Genome here(Genome published) {
        return Genome.of(
                published.option(0),
                published.option(1),
                published.option(3),
                published.option(2),
                published.option(4),
                published.option(5));
    }

    @Test
    void hasTheSameDecisions() {
        assertThat(TemplateDocument.check(Samples.document("nb201"))).isEmpty();
        assertThat(space.size()).isEqualTo(BigInteger.valueOf(15625));
        assertThat(space.decisions()).containsExactlyInAnyOrderElementsOf(BUILT_IN.decisions());
    }

    @Test
    void costsOfAllGenomesAreThoseOfTheBuiltInSpace() {
        for (int number = 0; number < 15625; number++) {
            int[] options = new int[6];
            for (int edge = 0, rest = number; edge < options.length; edge++, rest /= 5) {
                options[edge] = rest % 5;
            }
            NetworkCost expected = cost(BUILT_IN.decode(Genome.of(options)));
            assertThat(cost(space.decode(here(Genome.of(options))))).isEqualTo(expected);
        }
    }

    /** Peak memory and depth may differ: where nothing arrives at a node, the built-in space adds no zeros. */
    private static NetworkCost cost(Network network) {
        long params = 0;
        long macs = 0;
        for (int node = 0; node < network.nodes().size(); node++) {
            params += NetworkCost.params(network, node);
            macs += NetworkCost.macs(network, node);
        }
        return new NetworkCost(params, macs, 0, 0);
    }

    /** On CIFAR-10 all of them, on the other two data sets a twenty-fifth. */
    @Test
    void costsOfAllArchitecturesAreThePublishedOnes() throws IOException {
        String data = System.getenv("PHYLA_DATA");
        Assumptions.assumeTrue(data != null, "TABLE TEST SKIPPED: PHYLA_DATA is not set");
        TemplateSpace[] spaces = {space, Samples.space(classes(100, 32)), Samples.space(classes(120, 16))};
        int rows = 0;
        try (Stream<String> lines = Files.lines(Path.of(data, "nas", "nb201_all_15625.csv"))) {
            for (String line : (Iterable<String>) lines.skip(1)::iterator) {
                String[] row = line.split(",");
                Genome genome = here(CellString.parse(row[1]));
                for (int i = 0; i < (rows % 25 == 0 ? 3 : 1); i++) {
                    NetworkCost expected =
                            new NetworkCost(Long.parseLong(row[8 + i]), Long.parseLong(row[11 + i]), 0, 0);
                    assertThat(cost(spaces[i].decode(genome))).isEqualTo(expected);
                }
                rows++;
            }
        }
        assertThat(rows).isEqualTo(15625);
    }

    private static ObjectNode classes(int classes, int resolution) {
        ObjectNode document = Samples.document("nb201");
        document.putArray("input").add(3).add(resolution).add(resolution);
        ((ObjectNode) document.at("/layers/6/layers/3")).put("features", classes);
        return document;
    }
}
