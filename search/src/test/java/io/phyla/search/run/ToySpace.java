package io.phyla.search.run;

import io.phyla.spaces.Decision;
import io.phyla.spaces.DecisionTree;
import io.phyla.spaces.Genome;
import io.phyla.spaces.SearchSpace;
import io.phyla.spaces.SpaceProvider;
import io.phyla.spaces.design.Design;
import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Shape;
import io.phyla.spaces.schema.Param;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A space for tests: so many decisions among five options; its networks do not matter. */
public final class ToySpace implements SpaceProvider<ToySpace.Parameters> {

    public record Parameters(
            @Param(description = "Decisions.", min = 1, byDefault = "10")
            int decisions) {}

    @Override
    public String name() {
        return "toy";
    }

    @Override
    public String description() {
        return "For tests.";
    }

    @Override
    public Class<Parameters> parameters() {
        return Parameters.class;
    }

    @Override
    public SearchSpace create(Parameters parameters) {
        List<Decision> decisions = IntStream.range(0, parameters.decisions())
                .mapToObj(i -> Decision.among("d" + i, List.of("a", "b", "c", "d", "e")))
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
            return "toy";
        }

        @Override
        public Design decode(Genome genome) {
            tree.check(genome);
            return NETWORK;
        }

        @Override
        public Map<String, Genome> known() {
            int[] options = new int[decisions.size()];
            Map<String, Genome> known = new LinkedHashMap<>();
            for (int option = 0; option < 5; option++) {
                Arrays.fill(options, option);
                known.put("all_" + "abcde".charAt(option), Genome.of(options));
            }
            return known;
        }

        @Override
        public Map<String, Design> yardsticks() {
            Map<String, Design> yardsticks = new LinkedHashMap<>();
            List.of("plain", "round", "square", "oblique", "oblong").forEach(each -> yardsticks.put(each, NETWORK));
            return yardsticks;
        }
    }
}
