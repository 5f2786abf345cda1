package io.phyla.search.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.spaces.Genome;
import io.phyla.spaces.nb201.CellString;
import org.junit.jupiter.api.Test;

class DryRunTest {

    private static final String DOCUMENT = """
        {"name":"n","space":{"name":"nb201"},"objectives":[{"metric":"toy"}],"strategy":{"name":"random"},
         "budget":{"evaluations":300}}\
        """;

    @Test
    void showsDesignsAsTheirFieldWritesThem() {
        DryRun dryRun = DryRun.of(Documents.accepted(Documents.read(DOCUMENT)));
        assertThat(dryRun.size()).isEqualTo("15625");
        assertThat(dryRun.samples()).hasSize(10).allSatisfy(sample -> {
            assertThat(CellString.parse(sample.text())).isEqualTo(Genome.parse(sample.genome()));
            assertThat(sample.costs()).containsOnlyKeys("size");
        });
        assertThat(dryRun).isEqualTo(DryRun.of(Documents.accepted(Documents.read(DOCUMENT))));
    }

    @Test
    void findsTheExactRangeWhereEveryDesignCanBeLookedAt() {
        assertThat(DryRun.of(Documents.accepted(Documents.read(DOCUMENT))).ranges())
                .containsOnlyKeys("size")
                .containsEntry("size", new Reach.Range(0, 6, true));
    }

    /** Ten decisions of five options are 9,765,625 designs: too many to look at, but descent finds both ends. */
    @Test
    void descendsWhereThereAreTooMany() {
        DryRun dryRun = DryRun.of(Documents.accepted(Documents.read(DOCUMENT.replace("nb201", "toy"))));
        assertThat(dryRun.size()).isEqualTo("9765625");
        assertThat(dryRun.ranges()).containsEntry("size", new Reach.Range(0, 10, false));
    }
}
