package io.phyla.search.metric;

import io.phyla.search.document.Parameters;
import io.phyla.search.fixture.EvaluatorContract;
import io.phyla.search.fixture.ListedSpace;
import io.phyla.search.fixture.NoArtifacts;
import io.phyla.spaces.SearchSpace;
import io.phyla.spaces.schema.Json;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract on every evaluator that this module's tests know. */
@ParameterizedClass
@MethodSource("evaluators")
class EveryEvaluatorTest<P extends Record> implements EvaluatorContract<P> {

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
        return Parameters.read(Json.MAPPER.createObjectNode(), evaluator.parameters());
    }

    @Override
    public SearchSpace space() {
        return ListedSpace.plain(6, 5);
    }

    @Override
    public Resources resources() {
        return new Resources(new NoArtifacts(), 1 << 20);
    }

    static Stream<Named<Evaluator<?>>> evaluators() {
        return ServiceLoader.load(Evaluator.class).stream()
                .map(ServiceLoader.Provider::get)
                .map(evaluator -> Named.of(evaluator.name(), evaluator));
    }
}
