package io.phyla.evaluators;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.evaluators.artifacts.FileArtifacts;
import io.phyla.evaluators.training.TrainEvaluator;
import io.phyla.search.document.Parameters;
import io.phyla.search.fixture.EvaluatorContract;
import io.phyla.search.metric.Evaluator;
import io.phyla.search.metric.Resources;
import io.phyla.spaces.SearchSpace;
import io.phyla.spaces.nb201.CellString;
import io.phyla.spaces.nb201.Nb201Parameters;
import io.phyla.spaces.nb201.Nb201Space;
import io.phyla.spaces.schema.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract on every evaluator of the program, with its default parameters but for few steps of training. */
@ParameterizedClass
@MethodSource("evaluators")
class EveryEvaluatorTest<P extends Record> implements EvaluatorContract<P> {

    private static final Nb201Space SPACE = new Nb201Space(new Nb201Parameters(4, 1, 12, 8));
    private static final int SAMPLE_SEED = 3;
    private static final int FEW_STEPS = 20;

    @TempDir
    Path directory;

    private final Evaluator<P> evaluator;

    EveryEvaluatorTest(Evaluator<P> evaluator) {
        this.evaluator = evaluator;
    }

    @Override
    public Evaluator<P> evaluator() {
        return evaluator;
    }

    @Override
    public P parameters() {
        ObjectNode given = Json.MAPPER.createObjectNode();
        if (evaluator instanceof TrainEvaluator) {
            given.put("steps", FEW_STEPS);
        }
        return Parameters.read(given, evaluator.parameters());
    }

    @Override
    public SearchSpace space() {
        return SPACE;
    }

    @Override
    public Resources resources() {
        FileArtifacts artifacts = new FileArtifacts(directory.resolve("artifacts"));
        try {
            artifacts.register("nb201", Files.writeString(directory.resolve("table.csv"), table()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Resources(artifacts, 1L << 30);
    }

    /** A table in the published form, of some cells and made-up figures. */
    private static String table() {
        SplittableRandom random = new SplittableRandom(SAMPLE_SEED);
        String header = Stream.of("c10", "c100", "in16")
                .flatMap(data -> Stream.of("_val_12", "_val_200", "_test_200").map(data::concat))
                .collect(Collectors.joining(",", "arch_str,c10_valid12_train_cost_s,", "\n"));
        return IntStream.range(0, 50)
                .mapToObj(i -> CellString.format(SPACE.sample(random)) + ",1000" + ",50.5".repeat(9))
                .collect(Collectors.joining("\n", header, "\n"));
    }

    /**
     * All that ship: those of the tests are made to misbehave. That of anchors takes layers instead of networks and has the
     * contract to itself.
     */
    static Stream<Named<Evaluator<?>>> evaluators() {
        return ServiceLoader.load(Evaluator.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(evaluator -> !Set.of("deadly", "anchors").contains(evaluator.name()))
                .map(evaluator -> Named.of(evaluator.name(), evaluator));
    }
}
