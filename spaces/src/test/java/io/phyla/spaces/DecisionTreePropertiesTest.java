package io.phyla.spaces;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecisionTreePropertiesTest {

    @Property(tries = 100)
    void theSizeIsTheNumberOfCanonicalGenomes(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int decisions) {
        DecisionTree tree = new DecisionTree(forest(seed, decisions));
        Set<Genome> canonical = new HashSet<>();
        for (Genome genome : all(forest(seed, decisions))) {
            Genome reduced = tree.canonical(genome);
            assertThat(tree.canonical(reduced)).isEqualTo(reduced);
            assertThat(tree.active(reduced)).isEqualTo(tree.active(genome));
            canonical.add(reduced);
        }
        assertThat(tree.size()).isEqualTo(BigInteger.valueOf(canonical.size()));
    }

    @Property(tries = 100)
    void samplesAreCanonicalAndInactiveDecisionsNeverMatter(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int decisions) {
        List<Decision> forest = forest(seed, decisions);
        DecisionTree tree = new DecisionTree(forest);
        SplittableRandom random = new SplittableRandom(seed);
        Genome genome = tree.sample(random);
        assertThat(tree.canonical(genome)).isEqualTo(genome);
        boolean[] active = tree.active(genome);
        for (int i = 0; i < decisions; i++) {
            Genome changed = genome.with(
                    i, (genome.option(i) + 1) % forest.get(i).options().size());
            assertThat(tree.canonical(changed).equals(genome)).isEqualTo(!active[i] || changed.equals(genome));
        }
    }

    /**
     * Whatever hangs under what, every active combination is drawn equally often. With k combinations and 60 draws for
     * each, the statistic has mean k - 1 and variance below 2 k; eight standard deviations beyond are never reached.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void samplesAreEven(long seed) {
        DecisionTree tree = new DecisionTree(forest(seed, 6));
        int combinations = tree.size().intValueExact();
        Map<Genome, Integer> counts = new HashMap<>();
        SplittableRandom random = new SplittableRandom(seed);
        for (int draw = 0; draw < 60 * combinations; draw++) {
            counts.merge(tree.sample(random), 1, Integer::sum);
        }
        double statistic = 60.0 * (combinations - counts.size());
        for (int count : counts.values()) {
            statistic += (count - 60.0) * (count - 60.0) / 60;
        }
        assertThat(statistic).isLessThan(combinations - 1 + 8 * Math.sqrt(2.0 * combinations));
    }

    /** Decisions of one to three options, about half of them under a random earlier one. */
    private static List<Decision> forest(long seed, int size) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Decision> decisions = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            List<String> options = IntStream.rangeClosed(0, random.nextInt(3))
                    .mapToObj(Integer::toString)
                    .toList();
            Decision.When when = null;
            if (i > 0 && random.nextBoolean()) {
                Decision above = decisions.get(random.nextInt(i));
                when = new Decision.When(
                        above.name(), Set.of(random.nextInt(above.options().size())));
            }
            decisions.add(new Decision("d" + i, options, "d" + i, when, null));
        }
        return decisions;
    }

    private static List<Genome> all(List<Decision> decisions) {
        List<Genome> genomes = new ArrayList<>(List.of(Genome.of(new int[decisions.size()])));
        for (int i = 0; i < decisions.size(); i++) {
            int decision = i;
            int options = decisions.get(i).options().size();
            genomes = genomes.stream()
                    .flatMap(genome -> IntStream.range(0, options).mapToObj(option -> genome.with(decision, option)))
                    .toList();
        }
        return genomes;
    }
}
