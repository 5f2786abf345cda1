package io.phyla.spaces;

import io.phyla.spaces.schema.Json;
import io.phyla.spaces.schema.Problem;
import io.phyla.spaces.schema.RecordReader;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract on every space that is offered, with its default parameters. */
@ParameterizedClass
@MethodSource("spaces")
class EverySpaceTest implements SpaceContract {

    private final SearchSpace space;

    EverySpaceTest(SearchSpace space) {
        this.space = space;
    }

    @Override
    public SearchSpace space() {
        return space;
    }

    static Stream<Named<SearchSpace>> spaces() {
        return ServiceLoader.load(SpaceProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .map(provider -> Named.of(provider.name(), byDefault(provider)));
    }

    private static <P extends Record> SearchSpace byDefault(SpaceProvider<P> provider) {
        List<Problem> problems = new ArrayList<>();
        P parameters = RecordReader.read(Json.MAPPER.createObjectNode(), provider.parameters(), "", problems);
        if (parameters == null) {
            throw new AssertionError(provider.name() + " has parameters without defaults: " + problems);
        }
        return provider.create(parameters);
    }
}
