package io.phyla.evaluators.ensemble;

import static org.assertj.core.api.Assertions.assertThat;

import io.phyla.evaluators.artifacts.FileArtifacts;
import io.phyla.evaluators.ensemble.EnsembleParameters.Weight;
import io.phyla.evaluators.proxy.ProxyParameters;
import io.phyla.search.metric.Evaluation;
import io.phyla.search.metric.Resources;
import io.phyla.spaces.Genome;
import io.phyla.spaces.design.Design;
import io.phyla.spaces.nb201.Nb201Parameters;
import io.phyla.spaces.nb201.Nb201Space;
import io.phyla.spaces.schema.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProxyEnsembleTest {

    private static final Nb201Space SPACE = new Nb201Space(new Nb201Parameters(4, 1, 10, 8));
    private static final ProxyParameters PROXIES = new ProxyParameters("glyphs", 8, 1, 4, 1);

    @TempDir
    Path directory;

    private static EnsembleParameters parameters(List<String> voters, List<Weight> weights, long seed) {
        return new EnsembleParameters(PROXIES, voters, weights, 24, seed);
    }

    private Map<String, Double> evaluate(EnsembleParameters parameters, Set<String> wanted, String genome) {
        Genome it = Genome.parse(genome);
        try (Evaluation evaluation = new ProxyEnsemble()
                .open(parameters, SPACE, wanted, new Resources(new FileArtifacts(directory), 1L << 30))) {
            return evaluation.evaluate(it, SPACE.decode(it), 5).values();
        }
    }

    /** The cell of convolutions only stands above nearly all, the empty one below: whatever is drawn. */
    @Test
    void placesDesignsAmongThoseOfTheirSpace() {
        for (long seed = 1; seed <= 2; seed++) {
            EnsembleParameters parameters =
                    parameters(List.of("synflow", "l2_norm", "snip"), List.of(new Weight("synflow", 1)), seed);
            Set<String> both = Set.of("vote", "combination");
            assertThat(evaluate(parameters, both, "3.3.3.3.3.3"))
                    .allSatisfy((_, value) -> assertThat(value).isBetween(0.75, 1.0));
            assertThat(evaluate(parameters, both, "0.0.0.0.0.0"))
                    .allSatisfy((_, value) -> assertThat(value).isBetween(0.0, 0.25));
        }
    }

    @Test
    void theReferenceIsDrawnByItsSeed() {
        List<Weight> weights = List.of(new Weight("naswot", 2), new Weight("grad_norm", -0.5));
        Set<String> wanted = Set.of("combination");
        Map<String, Double> first = evaluate(parameters(List.of("snip"), weights, 1), wanted, "1.2.3.4.1.2");
        assertThat(evaluate(parameters(List.of("snip"), weights, 1), wanted, "1.2.3.4.1.2"))
                .isEqualTo(first);
        assertThat(evaluate(parameters(List.of("snip"), weights, 2), wanted, "1.2.3.4.1.2"))
                .isNotEqualTo(first);
    }

    /** A kernel the library does not have is one reference's misfortune, not that of all who are compared with it. */
    @Test
    void aReferenceThatCannotBeEvaluatedIsUndefined() {
        int[] calls = {0};
        Evaluation scores = new Evaluation() {
            @Override
            public Evaluated evaluate(Genome genome, Design design, long seed) {
                if (calls[0]++ % 2 == 0) {
                    throw new IllegalStateException("no kernel");
                }
                return new Evaluated(Map.of("snip", 1.0), 0);
            }

            @Override
            public void close() {}
        };
        EnsembleParameters parameters = parameters(List.of("snip"), List.of(new Weight("snip", 1)), 1);
        ReferenceSample sample = new ProxyEnsemble().sample(parameters, SPACE, scores);
        assertThat(sample.vote(Map.of("snip", 0.5), List.of("snip"))).isEqualTo(0.5);
    }

    @Test
    void saysWhatItDoesNotKnow() {
        FileArtifacts artifacts = new FileArtifacts(directory);
        assertThat(new ProxyEnsemble()
                        .check(parameters(List.of("snip", "snap"), List.of(new Weight("nasswot", 0)), 1), artifacts))
                .extracting(Problem::pointer)
                .containsExactly("/voters/1", "/combination/0/proxy", "/combination");
        EnsembleParameters elsewhere = new EnsembleParameters(
                new ProxyParameters("imagenet", 8, 1, 4, 1), List.of("snip"), List.of(new Weight("snip", 1)), 2, 1);
        assertThat(new ProxyEnsemble().check(elsewhere, artifacts))
                .extracting(Problem::pointer)
                .containsExactly("/proxies/data");
    }
}
