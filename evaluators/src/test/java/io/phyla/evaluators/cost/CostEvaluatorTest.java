package io.phyla.evaluators.cost;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.phyla.search.document.DocumentReader;
import io.phyla.search.document.DryRun;
import io.phyla.search.document.Providers;
import io.phyla.search.document.Reach;
import io.phyla.search.fixture.NoArtifacts;
import io.phyla.search.metric.Evaluation;
import io.phyla.search.metric.Metric;
import io.phyla.search.metric.Resources;
import io.phyla.spaces.Genome;
import io.phyla.spaces.nb201.Nb201Parameters;
import io.phyla.spaces.nb201.Nb201Space;
import io.phyla.spaces.schema.Json;
import io.phyla.spaces.schema.Problem;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CostEvaluatorTest {

    private static final Genome BEST_ON_CIFAR10 = Genome.parse("3.3.3.1.3.2");

    @Test
    void computesThePublishedCosts() {
        assertThat(costs(Set.of("params", "macs", "peak_memory", "depth")))
                .containsEntry("params", 1_073_466.0)
                .containsEntry("macs", 153_272_970.0)
                // Stem, three 3x3 in a row or 3x3 and 1x1 per cell, two convolutions per reduction, classifier.
                .containsEntry("depth", 1.0 + 15 * 3 + 2 * 2 + 1)
                .hasSize(4);
    }

    @Test
    void computesNothingUnasked() {
        assertThat(costs(Set.of("macs"))).containsOnlyKeys("macs");
    }

    @Test
    void isFoundByNameAndCheap() {
        assertThat(Providers.evaluators().get("cost")).isInstanceOf(CostEvaluator.class);
        assertThat(new CostEvaluator().metrics())
                .allMatch(Metric::cheap)
                .extracting(Metric::name)
                .containsExactly("params", "macs", "peak_memory", "depth");
    }

    /** The smallest and largest of the 15,625 published rows, and what a document outside of them is told. */
    @Test
    void rangesAreThoseOfThePublishedTable() throws JsonProcessingException {
        DryRun dryRun = switch (read("1000000")) {
            case DocumentReader.Result.Accepted accepted -> DryRun.of(accepted.setup());
            case DocumentReader.Result.Refused refused -> throw new AssertionError(refused);
        };
        assertThat(dryRun.ranges())
                .containsEntry("params", new Reach.Range(73_306, 1_531_546, true))
                .containsEntry("macs", new Reach.Range(7_783_050, 220_119_690, true));
        assertThat(read("73305"))
                .isEqualTo(new DocumentReader.Result.Refused(List.of(new Problem(
                        "/constraints/0/max",
                        "no design is that small: params lies between 73306 and 1531546 in this space"))));
    }

    private static DocumentReader.Result read(String mostParams) throws JsonProcessingException {
        return DocumentReader.read(Json.MAPPER.readTree("""
            {"name":"n","space":{"name":"nb201"},"objectives":[{"metric":"macs"}],
             "constraints":[{"metric":"params","max":%s}],
             "strategy":{"name":"random"},"budget":{"evaluations":300}}\
            """.formatted(mostParams)), new NoArtifacts());
    }

    private static Map<String, Double> costs(Set<String> wanted) {
        CostEvaluator evaluator = new CostEvaluator();
        Nb201Space space = new Nb201Space(Nb201Parameters.CIFAR10);
        try (Evaluation evaluation = evaluator.open(
                new CostEvaluator.Parameters(), space, wanted, new Resources(new NoArtifacts(), Long.MAX_VALUE))) {
            return evaluation
                    .evaluate(BEST_ON_CIFAR10, space.decode(BEST_ON_CIFAR10), 1)
                    .values();
        }
    }
}
