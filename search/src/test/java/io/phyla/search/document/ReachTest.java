package io.phyla.search.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.search.document.SearchDocument.Constraint;
import io.phyla.search.fixture.NoArtifacts;
import io.phyla.spaces.Decision;
import io.phyla.spaces.DecisionTree;
import io.phyla.spaces.Genome;
import io.phyla.spaces.SearchSpace;
import io.phyla.spaces.design.Design;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Shape;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReachTest {

    private static final List<String> FIVE = List.of("a", "b", "c", "d", "e");

    /**
     * Ten kinds with three decisions of five options each: 1250 designs in 31 decisions, which have 10 * 5^30 raw
     * combinations. Only what exists may be looked at.
     */
    @Test
    void looksAtEveryDesignOnceAlsoUnderConditions() {
        Kinds space = new Kinds(10);
        assertThat(space.size()).isEqualTo(BigInteger.valueOf(1250));
        Exploration exploration = Exploration.of(space, CheapMetrics.open(space, new NoArtifacts()));
        assertThat(exploration.exact()).isTrue();
        assertThat(exploration.values().get("size")).hasSize(1250);
        // A kind from the fourth on and three of the two large options.
        assertThat(exploration.ranges().get("size")).containsExactly(0, 4);
    }

    @Test
    void isCertainOfTheImpossibleOnlyWhereItSawEverything() {
        List<Constraint> between = List.of(new Constraint("size", 1.25, null), new Constraint("size", null, 1.75));
        assertThat(reach(new Kinds(10)).impossible(between)).isTrue();
        assertThat(reach(new Kinds(10)).impossible(between.subList(0, 1))).isFalse();
        Kinds large = new Kinds(170);
        assertThat(large.size()).isGreaterThan(BigInteger.valueOf(20_000));
        assertThat(reach(large).impossible(between)).isFalse();
        assertThat(reach(large).ranges()).containsEntry("size", new Reach.Range(0, 4, false));
    }

    private static Reach reach(SearchSpace space) {
        return Reach.of(space, CheapMetrics.open(space, new NoArtifacts()));
    }

    private record Parameters(int kinds) {}

    private static final class Kinds implements SearchSpace {

        private final Parameters parameters;
        private final List<Decision> decisions = new ArrayList<>();
        private final DecisionTree tree;

        Kinds(int kinds) {
            parameters = new Parameters(kinds);
            decisions.add(Decision.among(
                    "kind",
                    IntStream.range(0, kinds).mapToObj(Integer::toString).toList()));
            for (int kind = 0; kind < kinds; kind++) {
                for (int detail = 0; detail < 3; detail++) {
                    String name = "kind" + kind + ".detail" + detail;
                    decisions.add(new Decision(name, FIVE, name, new Decision.When("kind", Set.of(kind)), null));
                }
            }
            tree = new DecisionTree(decisions);
        }

        @Override
        public String name() {
            return "kinds";
        }

        @Override
        public Record parameters() {
            return parameters;
        }

        @Override
        public List<Decision> decisions() {
            return decisions;
        }

        @Override
        public Design decode(Genome genome) {
            tree.check(genome);
            return new Network.Builder(new Shape(1, 1, 1)).build();
        }

        @Override
        public DecisionTree tree() {
            return tree;
        }
    }
}
