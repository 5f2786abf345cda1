package io.phyla.search.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.search.candidate.Origin.Change;
import io.phyla.spaces.Genome;
import org.junit.jupiter.api.Test;

class DifferencesTest {

    @Test
    void areWhatLeadsFromParentToChild() {
        assertThat(Differences.between(Genome.of(0, 1, 2), Genome.of(3, 1, 0)))
                .containsExactly(new Change(0, 0, 3), new Change(2, 2, 0));
        assertThat(Differences.between(Genome.of(4, 4), Genome.of(4, 4))).isEmpty();
    }
}
