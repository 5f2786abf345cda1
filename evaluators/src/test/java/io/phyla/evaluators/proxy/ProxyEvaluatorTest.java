package io.phyla.evaluators.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.phyla.evaluators.artifacts.FileArtifacts;
import io.phyla.search.candidate.Cause;
import io.phyla.search.metric.Evaluation;
import io.phyla.search.metric.EvaluationException;
import io.phyla.search.metric.Resources;
import io.phyla.spaces.Genome;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.NetworkCost;
import io.phyla.spaces.design.Shape;
import io.phyla.spaces.nb201.Nb201Parameters;
import io.phyla.spaces.nb201.Nb201Space;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProxyEvaluatorTest {

    private static final Nb201Space SPACE = new Nb201Space(new Nb201Parameters(8, 1, 12, 16));
    private static final Genome BEST = Genome.parse("3.3.3.1.3.2");
    private static final Set<String> ALL = Set.of("naswot", "synflow", "jacob_cov");
    private static final ProxyParameters PARAMETERS = new ProxyParameters("glyphs", 32, 1, 4, 1);

    @TempDir
    Path directory;

    private Evaluation open(long maxBytes) {
        return new ProxyEvaluator().open(PARAMETERS, SPACE, ALL, new Resources(new FileArtifacts(directory), maxBytes));
    }

    @Test
    void repeatsItselfForASeedAndCountsItsWork() {
        try (Evaluation evaluation = open(1L << 30);
                Evaluation again = open(1L << 30)) {
            Evaluation.Evaluated first = evaluation.evaluate(BEST, SPACE.decode(BEST), 5);
            evaluation.evaluate(Genome.parse("4.2.1.2.1.1"), SPACE.decode(Genome.parse("4.2.1.2.1.1")), 6);
            assertThat(evaluation.evaluate(BEST, SPACE.decode(BEST), 5)).isEqualTo(first);
            assertThat(again.evaluate(BEST, SPACE.decode(BEST), 5)).isEqualTo(first);
            assertThat(again.evaluate(BEST, SPACE.decode(BEST), 6)).isNotEqualTo(first);
            assertThat(first.values().keySet()).isEqualTo(ALL);
            assertThat(first.values().values())
                    .allSatisfy(value -> assertThat(value).isFinite());
            long macs = NetworkCost.of(SPACE.decode(BEST)).macs();
            assertThat(first.cost()).isEqualTo(macs * (2.0 * 32 + 3));
        }
    }

    @Test
    void aCellWithoutAnyWayThroughIsUndefinedNotWrong() {
        Genome none = Genome.parse("0.0.0.0.0.0");
        try (Evaluation evaluation = open(1L << 30)) {
            assertThat(evaluation.evaluate(none, SPACE.decode(none), 1).values().get("jacob_cov"))
                    .isNotFinite();
        }
    }

    @Test
    void refusesWhatIsTooLargeBeforeItIsAllocated() {
        try (Evaluation evaluation = open(100_000)) {
            assertThatThrownBy(() -> evaluation.evaluate(BEST, SPACE.decode(BEST), 1))
                    .isInstanceOfSatisfying(EvaluationException.class, e -> {
                        assertThat(e.recorded().kind()).isEqualTo(Cause.Kind.TOO_LARGE);
                        assertThat(e.recorded().detail()).contains("layer");
                    });
        }
    }

    /** Three thousand million weights: they are counted, not drawn. */
    @Test
    void countsTheAbsurdBeforeAnythingIsMadeForIt() {
        Network.Builder builder = new Network.Builder(new Shape(3, 320, 320));
        builder.add("enormous", new Layer.Linear(10_000, false), 0);
        try (Evaluation evaluation = open(1L << 40)) {
            assertThatThrownBy(() -> evaluation.evaluate(BEST, builder.build(), 1))
                    .isInstanceOfSatisfying(EvaluationException.class, e -> {
                        assertThat(e.recorded().kind()).isEqualTo(Cause.Kind.TOO_LARGE);
                        assertThat(e.recorded().detail()).contains("layer 'enormous'");
                    });
        }
    }

    @Test
    void saysWhichDataThereIs() {
        assertThat(new ProxyEvaluator()
                        .check(new ProxyParameters("imagenet", 2, 1, 4, 1), new FileArtifacts(directory)))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.pointer()).isEqualTo("/data");
                    assertThat(problem.detail()).contains("glyphs", "--data imagenet=FILE");
                });
    }

    @Test
    void writesDownWhichContentANameMeant() throws IOException {
        FileArtifacts artifacts = new FileArtifacts(directory.resolve("artifacts"));
        String sha256 = artifacts
                .register("some", Files.writeString(directory.resolve("file"), "abc"))
                .sha256();
        assertThat(new ProxyEvaluator().pin(new ProxyParameters("some", 2, 1, 4, 1), artifacts))
                .isEqualTo(new ProxyParameters("some@" + sha256, 2, 1, 4, 1));
        artifacts.register("glyphs", directory.resolve("file"));
        assertThat(new ProxyEvaluator().pin(PARAMETERS, artifacts)).isEqualTo(PARAMETERS);
    }

    @Test
    void refusesBeforeAnySearchWhatIsNoData() throws IOException {
        FileArtifacts artifacts = new FileArtifacts(directory.resolve("artifacts"));
        artifacts.register("table", Files.writeString(directory.resolve("t.csv"), "arch_id,arch_str,c10_val_12\n"));
        artifacts.register("few", Files.write(directory.resolve("few.bin"), new byte[10 * 3073]));
        assertThat(new ProxyEvaluator().check(new ProxyParameters("table", 2, 1, 4, 1), artifacts))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.pointer()).isEqualTo("/data");
                    assertThat(problem.detail()).contains("'table' is text");
                });
        assertThat(new ProxyEvaluator().check(new ProxyParameters("few", 8, 1, 4, 1), artifacts))
                .isEmpty();
        assertThat(new ProxyEvaluator().check(new ProxyParameters("few", 9, 1, 4, 1), artifacts))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.pointer()).isEqualTo("/batch");
                    assertThat(problem.detail()).contains("8 training images");
                });
    }

    @Test
    void refusesBeforeAnySearchImagesThatDoNotFitTheSpace() {
        FileArtifacts artifacts = new FileArtifacts(directory);
        assertThat(new ProxyEvaluator().check(PARAMETERS, SPACE, artifacts)).isEmpty();
        assertThat(new ProxyEvaluator().check(PARAMETERS, new Nb201Space(new Nb201Parameters(8, 1, 12, 24)), artifacts))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.pointer()).isEqualTo("/data");
                    assertThat(problem.detail()).contains("3x24x24", "3x32x32");
                });
    }
}
