package io.phyla.search.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.search.candidate.Origin.Change;
import io.phyla.search.fixture.ListedSpace;
import io.phyla.spaces.Genome;
import org.junit.jupiter.api.Test;

class DifferencesTest {

    @Test
    void areWhatLeadsFromParentToChild() {
        assertThat(Differences.between(Genome.of(0, 1, 2), Genome.of(3, 1, 0)))
                .containsExactly(new Change(0, 0, 3), new Change(2, 2, 0));
        assertThat(Differences.between(Genome.of(4, 4), Genome.of(4, 4))).isEmpty();
    }

    /** Blocks 1 and 2 exist from depths 1 and 2 on; at depth 1 the second is carried along unseen. */
    @Test
    void whatDoesNotExistInTheChildIsNotShown() {
        ListedSpace space = ListedSpace.conditional();
        Genome child = Genome.of(1, 2, 0, 1, 1, 0, 3);
        assertThat(Differences.existing(space, child, Differences.between(Genome.of(2, 0, 0, 0, 1, 0, 3), child)))
                .containsExactly(new Change(0, 2, 1), new Change(1, 0, 2));
    }
}
