package io.phyla.spaces.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.spaces.Genome;
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
        assertThat(space.decisions())
                .containsExactlyInAnyOrderElementsOf(BUILT_IN.decisions());
    }

    @Test
    void costsOfAllGenomesAreThoseOfTheBuiltInSpace() {
        for (int number = 0; number < 15625; number++) {
            int[] options = new int[6];
            for (int edge = 0, rest = number; edge < options.length; edge++, rest /= 5) {
                options[edge] = rest % 5;
            }
            Genome genome = Genome.of(options);
            NetworkCost expected = NetworkCost.of(BUILT_IN.decode(genome));
            NetworkCost cost = NetworkCost.of(space.decode(here(genome)));
            assertThat(cost.params()).isEqualTo(expected.params());
            assertThat(cost.macs()).isEqualTo(expected.macs());
        }
    }

    @Test
    void costsOfAllArchitecturesAreThePublishedOnes() throws IOException {
        String data = System.getenv("PHYLA_DATA");
        Assumptions.assumeTrue(data != null, "TABLE TEST SKIPPED: PHYLA_DATA is not set");
        TemplateSpace hundred = Samples.space(classes(100, 32));
        TemplateSpace small = Samples.space(classes(120, 16));
        int rows = 0;
        try (Stream<String> lines = Files.lines(Path.of(data, "nas", "nb201_all_15625.csv"))) {
            for (String line : (Iterable<String>) lines.skip(1)::iterator) {
                String[] row = line.split(",");
                Genome genome = here(CellString.parse(row[1]));
                TemplateSpace[] spaces = {space, hundred, small};
                for (int i = 0; i < (rows % 25 == 0 ? 3 : 1); i++) {
                    NetworkCost cost = NetworkCost.of(spaces[i].decode(genome));
                    assertThat(cost.params()).isEqualTo(Long.parseLong(row[8 + i]));
                    assertThat(cost.macs()).isEqualTo(Long.parseLong(row[11 + i]));
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
