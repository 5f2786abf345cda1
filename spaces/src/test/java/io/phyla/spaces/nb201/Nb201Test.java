package io.phyla.spaces.nb201;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.phyla.spaces.Decision;
import io.phyla.spaces.Genome;
import io.phyla.spaces.Key;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.NetworkCost;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Nb201Test {

    private static final Nb201Space C10 = new Nb201Space(Nb201Parameters.CIFAR10);
    private static final Nb201Space C100 = new Nb201Space(new Nb201Parameters(16, 5, 100, 32));
    private static final Nb201Space IN16 = new Nb201Space(new Nb201Parameters(16, 5, 120, 16));

    /** Published parameters and multiply-accumulates of six architectures on three data sets. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "4.2.1.2.1.1;129306;135156;136456;15647370;15653220;3919480",
                "3.3.4.0.3.4;802426;808276;809576;113951370;113957220;28495480",
                "1.1.1.0.2.0;101306;107156;108456;11715210;11721060;2936440",
                "3.3.3.1.3.2;1073466;1079316;1080616;153272970;153278820;38325880",
                "3.3.3.1.3.3;1288506;1294356;1295656;184730250;184736100;46190200",
                "2.2.3.1.3.3;858426;864276;865576;121815690;121821540;30461560",
            })
    void costsAreThePublishedOnes(
            String genome, long c10, long c100, long in16, long macsC10, long macsC100, long macsIn16) {
        assertCost(C10, genome, c10, macsC10);
        assertCost(C100, genome, c100, macsC100);
        assertCost(IN16, genome, in16, macsIn16);
    }

    private static void assertCost(Nb201Space space, String genome, long params, long macs) {
        NetworkCost cost = NetworkCost.of(space.decode(Genome.parse(genome)));
        assertThat(cost.params()).isEqualTo(params);
        assertThat(cost.macs()).isEqualTo(macs);
    }

    @Test
    void costsOfAllArchitecturesAreThePublishedOnes() throws IOException {
        String data = System.getenv("PHYLA_DATA");
        Assumptions.assumeTrue(data != null, "TABLE TEST SKIPPED: PHYLA_DATA is not set");
        int rows = 0;
        try (Stream<String> lines = Files.lines(Path.of(data, "nas", "nb201_all_15625.csv"))) {
            for (String line : (Iterable<String>) lines.skip(1)::iterator) {
                String[] row = line.split(",");
                Genome genome = CellString.parse(row[1]);
                assertThat(CellString.format(genome)).isEqualTo(row[1]);
                List<Nb201Space> spaces = List.of(C10, C100, IN16);
                for (int i = 0; i < spaces.size(); i++) {
                    assertCost(
                            spaces.get(i), genome.toString(), Long.parseLong(row[8 + i]), Long.parseLong(row[11 + i]));
                }
                rows++;
            }
        }
        assertThat(rows).isEqualTo(15625);
    }

    @Test
    void hasOneGenomePerArchitecture() {
        assertThat(C10.size()).isEqualTo(BigInteger.valueOf(15625));
        assertThat(C10.key(Genome.parse("0.0.0.0.0.0"))).isNotEqualTo(C10.key(Genome.parse("0.0.0.0.0.1")));
        assertThat(C10.key(Genome.parse("0.0.0.0.0.0"))).isNotEqualTo(C100.key(Genome.parse("0.0.0.0.0.0")));
    }

    /** Keys are stored: this one must never change. */
    @Test
    void everyArchitectureHasAKeyOfItsOwn() {
        Set<Key> keys = new HashSet<>();
        for (int number = 0; number < 15625; number++) {
            keys.add(C10.key(genome(number)));
        }
        assertThat(keys).hasSize(15625);
        assertThat(C10.key(Genome.parse("4.2.1.2.1.1")))
                .isEqualTo(new Nb201Space(new Nb201Parameters(16, 5, 10, 32)).key(Genome.parse("4.2.1.2.1.1")))
                .isEqualTo(Key.of("nb201{\"channels\":16,\"cells\":5,\"classes\":10,\"resolution\":32}\n4.2.1.2.1.1"));
    }

    private static Genome genome(int number) {
        int[] options = new int[6];
        for (int edge = 0, rest = number; edge < options.length; edge++, rest /= 5) {
            options[edge] = rest % 5;
        }
        return Genome.of(options);
    }

    /** The sums written out: stem, cells, reductions, head, for any macro-structure. */
    @Property(tries = 200)
    void costsFollowFromTheMacroStructure(
            @ForAll @IntRange(max = 15624) int number,
            @ForAll @IntRange(min = 1, max = 24) int channels,
            @ForAll @IntRange(min = 1, max = 4) int cells,
            @ForAll @IntRange(min = 2, max = 120) int classes,
            @ForAll @IntRange(min = 1, max = 8) int quarter) {
        Genome genome = genome(number);
        long kernels = 0;
        long convolutions = 0;
        for (int edge = 0; edge < 6; edge++) {
            int kernel = new int[] {0, 0, 1, 3, 0}[genome.option(edge)];
            kernels += (long) kernel * kernel;
            convolutions += kernel > 0 ? 1 : 0;
        }
        long c = channels;
        long side = 4L * quarter;
        long params = 29 * c + 56 * c * c + 8 * c + 224 * c * c + 16 * c + 8 * c + 4 * c * classes + classes;
        long macs = 27 * c * side * side
                + 56 * c * c * side * side / 4
                + 224 * c * c * side * side / 16
                + 4 * c * classes
                + classes;
        for (long factor = 1; factor <= 4; factor *= 2) {
            long width = factor * c;
            params += cells * (kernels * width * width + convolutions * 2 * width);
            macs += cells * kernels * width * width * (side / factor) * (side / factor);
        }
        NetworkCost cost = NetworkCost.of(
                new Nb201Space(new Nb201Parameters(channels, cells, classes, 4 * quarter)).decode(genome));
        assertThat(cost.params()).isEqualTo(params);
        assertThat(cost.macs()).isEqualTo(macs);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "4.2.1.2.1.1;|avg_pool_3x3~0|+|nor_conv_1x1~0|skip_connect~1|+|nor_conv_1x1~0|skip_connect~1|skip_connect~2|",
                "3.3.3.1.3.2;|nor_conv_3x3~0|+|nor_conv_3x3~0|nor_conv_3x3~1|+|skip_connect~0|nor_conv_3x3~1|nor_conv_1x1~2|",
            })
    void hasThePublishedForm(String genome, String published) {
        assertThat(C10.text(Genome.parse(genome))).isEqualTo(published);
        assertThat(CellString.parse(published)).hasToString(genome);
    }

    @Test
    void readsEveryFormItWrites() {
        Set<String> forms = new HashSet<>();
        for (int number = 0; number < 15625; number++) {
            String form = CellString.format(genome(number));
            assertThat(CellString.parse(form)).isEqualTo(genome(number));
            forms.add(form);
        }
        assertThat(forms).hasSize(15625);
    }

    /** Decision n of a genome is the n-th operation of the string, and its name says where it stands. */
    @Test
    void buildsEveryEdgeWhereItsNameSays() {
        assertThat(C10.decisions())
                .extracting(Decision::name)
                .containsExactly("edge01", "edge02", "edge12", "edge03", "edge13", "edge23");
        for (int edge = 0; edge < 6; edge++) {
            Network network = C10.decode(Genome.of(new int[6]).with(edge, 3));
            String name = "stage2.cell4." + C10.decisions().get(edge).name() + ".convolution";
            assertThat(network.nodes())
                    .filteredOn(node -> node.name().startsWith("stage2.cell4.")
                            && node.name().endsWith(".convolution"))
                    .extracting(Network.Node::name)
                    .containsExactly(name);
        }
    }

    /** Nothing is pruned: a dead branch is built, and where nothing arrives zeros do. */
    @Test
    void buildsWhatNeverReachesTheOutput() {
        Network network = new Nb201Space(new Nb201Parameters(16, 1, 10, 32)).decode(Genome.parse("3.0.0.0.0.0"));
        assertThat(network.nodes())
                .extracting(Network.Node::name)
                .contains("stage1.cell0.edge01.convolution", "stage1.cell0.node2.zero", "stage1.cell0.node3.zero");
    }

    @Test
    void countsPeakMemoryAndDepth() {
        // Skips only: the widest moment is the first reduction's strided convolution, with its input, the rectified
        // copy and
        // its own output of twice the channels at a quarter of the pixels alive.
        NetworkCost cost =
                NetworkCost.of(new Nb201Space(new Nb201Parameters(16, 1, 10, 32)).decode(Genome.parse("1.0.0.1.0.0")));
        assertThat(cost.depth()).isEqualTo(1 + 2 + 2 + 1);
        assertThat(cost.peakMemory()).isEqualTo((2L * 16 * 32 * 32 + 32 * 16 * 16) * Float.BYTES);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "|none~0|;3 groups",
                "|none~0|+|none~0|none~0|+|none~0|none~1|none~2|;~1",
                "|none~0|+|none~0|none~1|+|none~0|conv~1|none~2|;no operation",
                "none~0|+|none~0|none~1|+|none~0|none~1|none~2|;start and end",
                "|none~0|+|none~0|+|none~0|none~1|none~2|;2 edges",
            })
    void saysWhatIsWrongWithACellString(String text, String fault) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CellString.parse(text))
                .withMessageContaining(fault);
    }
}
