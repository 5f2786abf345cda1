package io.phyla.search.strategy;

import io.phyla.search.fixture.StrategyContract;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract on every strategy that is offered. */
@ParameterizedClass
@MethodSource("strategies")
class EveryStrategyTest<P extends Record> implements StrategyContract<P> {

    private final StrategyProvider<P> provider;

    EveryStrategyTest(StrategyProvider<P> provider) {
        this.provider = provider;
    }

    @Override
    public StrategyProvider<P> provider() {
        return provider;
    }

    static Stream<Named<StrategyProvider<?>>> strategies() {
        return ServiceLoader.load(StrategyProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .map(provider -> Named.of(provider.name(), provider));
    }
}
