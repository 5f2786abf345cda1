package io.phyla.spaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DecisionTreeTest {

    private static final List<String> THREE = List.of("3", "5", "7");

    /** Five stages of 2, 3 or 4 blocks, each block with 3 kernels and 3 expansions: the sub-networks of once-for-all. */
    @Test
    void countsOnlyWhatExists() {
        List<Decision> decisions = new ArrayList<>();
        for (int stage = 1; stage <= 5; stage++) {
            decisions.addAll(stage("stage" + stage));
        }
        assertThat(new DecisionTree(decisions).size())
                .isEqualTo(BigInteger.valueOf(7371).pow(5));
    }

    private static List<Decision> stage(String name) {
        List<Decision> decisions = new ArrayList<>();
        decisions.add(Decision.among(name + ".depth", List.of("2", "3", "4")));
        for (int block = 1; block <= 4; block++) {
            Set<Integer> depths =
                    Set.of(Stream.of(0, 1, 2).skip(Math.max(0, block - 2)).toArray(Integer[]::new));
            Decision.When when = new Decision.When(name + ".depth", depths);
            String unit = name + ".block" + block;
            decisions.add(new Decision(unit + ".kernel", THREE, unit, when, null));
            decisions.add(new Decision(unit + ".expand", THREE, unit, when, null));
        }
        return decisions;
    }

    /**
     * 1 + 9 + 27 combinations lie under the three options of the first decision: drawing options evenly instead would
     * draw the single one as often as all 27. The statistic stays below the 99.9 % quantile of chi-square with 36 degrees
     * of freedom; the seed is fixed, so it always does or never does.
     */
    @Test
    void drawsEveryCombinationEquallyOften() {
        DecisionTree tree = new DecisionTree(List.of(
                Decision.among("size", List.of("none", "two", "three")),
                when("a", Set.of(1, 2)),
                when("b", Set.of(1, 2)),
                when("c", Set.of(2))));
        int combinations = 1 + 9 + 27;
        assertThat(tree.size()).isEqualTo(BigInteger.valueOf(combinations));
        int draws = 37_000;
        SplittableRandom random = new SplittableRandom(20);
        Map<Genome, Long> counts = Stream.generate(() -> tree.sample(random))
                .limit(draws)
                .collect(Collectors.groupingBy(each -> each, Collectors.counting()));
        assertThat(counts).hasSize(combinations);
        double expected = (double) draws / combinations;
        double chiSquare = counts.values().stream()
                .mapToDouble(count -> (count - expected) * (count - expected) / expected)
                .sum();
        assertThat(chiSquare).isLessThan(67.985);
    }

    private static Decision when(String name, Set<Integer> options) {
        return new Decision(name, THREE, name, new Decision.When("size", options), null);
    }

    @Test
    void drawsEvenlyWhereNumbersAreLargerThanALong() {
        List<Decision> decisions = Stream.iterate(0, i -> i + 1)
                .limit(60)
                .map(i -> Decision.among("d" + i, List.of("a", "b", "c")))
                .toList();
        DecisionTree tree = new DecisionTree(decisions);
        assertThat(tree.size()).isEqualTo(BigInteger.valueOf(3).pow(60));
        SplittableRandom random = new SplittableRandom(1);
        int[] counts = new int[3];
        for (int draw = 0; draw < 1000; draw++) {
            Genome genome = tree.sample(random);
            for (int i = 0; i < genome.size(); i++) {
                counts[genome.option(i)]++;
            }
        }
        // 60,000 options in thirds: a standard deviation is 115.
        for (int count : counts) {
            assertThat(count).isCloseTo(20_000, within(500));
        }
    }

    @Test
    void refusesConditionsThatMeanNothing() {
        Decision first = Decision.among("first", THREE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DecisionTree(List.of(first, Decision.among("first", THREE))))
                .withMessageContaining("two decisions are named 'first'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DecisionTree(List.of(when("early", Set.of(1)), Decision.among("size", THREE))))
                .withMessageContaining("'size', which is no earlier decision");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DecisionTree(List.of(Decision.among("size", THREE), when("late", Set.of(3)))))
                .withMessageContaining("option 3 of 'size', which has 3");
    }

    @Test
    void saysWhichDecisionAGenomeMisses() {
        DecisionTree tree = new DecisionTree(List.of(Decision.among("first", THREE), Decision.among("second", THREE)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tree.check(Genome.of(1)))
                .withMessageContaining("1 options")
                .withMessageContaining("2 decisions");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tree.check(Genome.of(1, 3)))
                .withMessageContaining("'second' has options 0 to 2, not 3");
    }
}
