package io.phyla.search.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.search.candidate.Origin;
import io.phyla.spaces.SearchSpace;
import io.phyla.spaces.schema.Json;
import java.util.List;
import java.util.random.RandomGenerator;

/** Draws uniformly and learns nothing: the baseline every other strategy has to beat. */
public final class RandomSearch implements StrategyProvider<RandomSearch.Parameters> {

    static final String DRAWN = "random";

    /** There is nothing to choose. */
    public record Parameters() {}

    @Override
    public String name() {
        return "random";
    }

    @Override
    public String description() {
        return "Uniform random search, the baseline.";
    }

    @Override
    public Class<Parameters> parameters() {
        return Parameters.class;
    }

    @Override
    public boolean multiObjective() {
        return true;
    }

    @Override
    public Strategy create(Parameters parameters, SearchSpace space, int objectives, int window) {
        return new Machine(space, window);
    }

    /** A uniformly drawn genome. */
    static Strategy.Proposal draw(SearchSpace space, RandomGenerator random) {
        return new Strategy.Proposal(space.sample(random), new Origin(DRAWN, List.of(), List.of()));
    }

    private record Machine(SearchSpace space, int window) implements Strategy {

        @Override
        public long visible(long number) {
            return Visibility.SLIDING.visible(number, window);
        }

        @Override
        public Proposal ask(long number, RandomGenerator random) {
            return draw(space, random);
        }

        @Override
        public void tell(Result result) {
            // A uniform draw does not depend on results.
        }

        @Override
        public JsonNode snapshot() {
            return Json.MAPPER.createObjectNode();
        }

        @Override
        public void restore(JsonNode snapshot) {
            // There is no state to take over.
        }
    }
}
