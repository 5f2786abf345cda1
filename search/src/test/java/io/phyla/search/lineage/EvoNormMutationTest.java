package io.phyla.search.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.search.fixture.ChiSquare;
import io.phyla.spaces.Genome;
import io.phyla.spaces.design.LayerProgram.Series;
import io.phyla.spaces.evonorm.EvoNormParameters;
import io.phyla.spaces.evonorm.EvoNormSpace;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A mutation is the paper's: one node, dead ones too, gets another operation and other inputs, all drawn evenly. */
class EvoNormMutationTest {

    private static final int DRAWS = 60_000;
    private static final int NODES = 10;
    private static final int OPERATIONS = 24;
    private static final int BINARY = 4;

    private final EvoNormSpace space = new EvoNormSpace(EvoNormParameters.of(Series.B));
    private final UnitMutation mutation = new UnitMutation(space);
    private final Genome parent = space.known().get("evonorm_b0");
    private final SplittableRandom random = new SplittableRandom(5);

    @Test
    void redrawsOneNodeAndAnyAsOften() {
        long[] nodes = new long[NODES];
        for (int draw = 0; draw < DRAWS; draw++) {
            nodes[changed(mutation.mutate(parent, random))]++;
        }
        ChiSquare.assertUniform(nodes);
    }

    private int changed(Genome child) {
        int changed = -1;
        for (int decision = 0; decision < child.size(); decision++) {
            if (child.option(decision) != parent.option(decision)) {
                assertThat(changed).isIn(-1, decision / 3);
                changed = decision / 3;
            }
        }
        return changed;
    }

    /** Node 4 is mul(v1, x): one of 4 * 4 products and 24 operations that does not come again. */
    @Test
    void drawsOperationsAndInputsEvenlyButNeverTheOldOnes() {
        long[] operations = new long[OPERATIONS];
        long[] inputs = new long[16];
        for (int draw = 0; draw < DRAWS; draw++) {
            Genome child = mutation.mutate(parent, random);
            if (changed(child) == 0) {
                operations[child.option(0)]++;
                if (child.option(0) < BINARY && child.option(0) != parent.option(0)) {
                    inputs[4 * child.option(1) + child.option(2)]++;
                }
            }
        }
        double left = OPERATIONS - 1 / 16.0;
        double[] shares = new double[OPERATIONS];
        for (int operation = 0; operation < OPERATIONS; operation++) {
            shares[operation] = (operation == parent.option(0) ? 15 / 16.0 : 1) / left;
        }
        ChiSquare.assertShares(operations, shares);
        ChiSquare.assertUniform(inputs);
    }
}
