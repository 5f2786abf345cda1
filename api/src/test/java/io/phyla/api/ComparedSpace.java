package io.phyla.api;

import io.phyla.spaces.Decision;
import io.phyla.spaces.DecisionTree;
import io.phyla.spaces.Genome;
import io.phyla.spaces.SearchSpace;
import io.phyla.spaces.SpaceProvider;
import io.phyla.spaces.design.Design;
import io.phyla.spaces.nb201.Nb201Parameters;
import io.phyla.spaces.nb201.Nb201Provider;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** NAS-Bench-201 with designs to start from and to compare with, for tests. */
public final class ComparedSpace implements SpaceProvider<Nb201Parameters> {

    private static final Genome CONVOLUTIONS = Genome.parse("3.3.3.3.3.3");
    private static final Genome SKIPS = Genome.parse("1.1.1.1.1.1");

    @Override
    public String name() {
        return "compared";
    }

    @Override
    public String description() {
        return "For tests.";
    }

    @Override
    public Class<Nb201Parameters> parameters() {
        return Nb201Parameters.class;
    }

    @Override
    public SearchSpace create(Nb201Parameters parameters) {
        return new Space(new Nb201Provider().create(parameters));
    }

    private record Space(SearchSpace plain) implements SearchSpace {

        @Override
        public String name() {
            return "compared";
        }

        @Override
        public Record parameters() {
            return plain.parameters();
        }

        @Override
        public List<Decision> decisions() {
            return plain.decisions();
        }

        @Override
        public Design decode(Genome genome) {
            return plain.decode(genome);
        }

        @Override
        public DecisionTree tree() {
            return plain.tree();
        }

        @Override
        public Map<String, Genome> known() {
            return Map.of("convolutions", CONVOLUTIONS);
        }

        @Override
        public Map<String, Design> yardsticks() {
            Map<String, Design> yardsticks = new LinkedHashMap<>();
            yardsticks.put("convolutions", decode(CONVOLUTIONS));
            yardsticks.put("skips", decode(SKIPS));
            return yardsticks;
        }
    }
}
