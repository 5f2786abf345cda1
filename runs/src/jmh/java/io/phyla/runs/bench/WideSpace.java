package io.phyla.runs.bench;

import io.phyla.spaces.Decision;
import io.phyla.spaces.DecisionTree;
import io.phyla.spaces.Genome;
import io.phyla.spaces.SearchSpace;
import io.phyla.spaces.SpaceProvider;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Shape;
import io.phyla.spaces.schema.Param;
import java.util.List;
import java.util.stream.IntStream;

/** Many designs that cost nothing to make, so that a benchmark of everything else never runs out of new ones. */
public final class WideSpace implements SpaceProvider<WideSpace.Parameters> {

    /** Its size: five options per decision. */
    public record Parameters(
            @Param(description = "Decisions.", min = 1, max = 100, byDefault = "20")
            int decisions) {}

    @Override
    public String name() {
        return "wide";
    }

    @Override
    public String description() {
        return "Designs without cost, for benchmarks.";
    }

    @Override
    public Class<Parameters> parameters() {
        return Parameters.class;
    }

    @Override
    public SearchSpace create(Parameters parameters) {
        List<Decision> decisions = IntStream.range(0, parameters.decisions())
                .mapToObj(i -> Decision.among("choice" + i, List.of("a", "b", "c", "d", "e")))
                .toList();
        return new Space(parameters, decisions, new DecisionTree(decisions));
    }

    private record Space(Parameters parameters, List<Decision> decisions, DecisionTree tree) implements SearchSpace {

        private static final Network NETWORK = network();

        private static Network network() {
            Network.Builder builder = new Network.Builder(new Shape(1, 1, 1));
            builder.add("linear", new Layer.Linear(2, true), 0);
            return builder.build();
        }

        @Override
        public String name() {
            return "wide";
        }

        @Override
        public Network decode(Genome genome) {
            tree.check(genome);
            return NETWORK;
        }
    }
}
