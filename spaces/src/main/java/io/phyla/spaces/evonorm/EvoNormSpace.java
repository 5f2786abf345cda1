package io.phyla.spaces.evonorm;

import io.phyla.spaces.Decision;
import io.phyla.spaces.DecisionTree;
import io.phyla.spaces.Genome;
import io.phyla.spaces.SearchSpace;
import io.phyla.spaces.design.Design;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.LayerProgram.Node;
import io.phyla.spaces.design.LayerProgram.Vector;
import io.phyla.spaces.program.Formula;
import io.phyla.spaces.program.Simplification;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Graphs of tensor operations (Liu et al., NeurIPS 2020, section 3): the values x, 0, v0 and v1, then nodes that each apply one
 * operation to earlier values. The last node is the layer's result; scale and shift follow it. Most nodes of most graphs lead
 * nowhere; genomes keep them, since they are what mutations later connect.
 */
public final class EvoNormSpace implements SearchSpace {

    /** v0 begins as zeros, v1 as ones. */
    static final List<Vector> VECTORS = List.of(new Vector("v0", 0), new Vector("v1", 1));

    /** What people compare layers with comes first. */
    private static final List<String> FIRST = List.of("bn_relu", "gn_relu", "evonorm_b0", "evonorm_s0");

    /** The same for activations, which stand where layers that take moments cannot. */
    private static final List<String> FIRST_ACTIVATIONS = List.of("swish", "crrelu", "rational", "rational_swish");

    private final EvoNormParameters parameters;
    private final GraphCode code;
    private final List<Decision> decisions;
    private final DecisionTree tree;

    public EvoNormSpace(EvoNormParameters parameters) {
        this.parameters = parameters;
        code = new GraphCode(parameters);
        decisions = code.decisions();
        tree = new DecisionTree(decisions);
    }

    @Override
    public String name() {
        return EvoNormProvider.NAME;
    }

    @Override
    public EvoNormParameters parameters() {
        return parameters;
    }

    @Override
    public List<Decision> decisions() {
        return decisions;
    }

    @Override
    public DecisionTree tree() {
        return tree;
    }

    @Override
    public LayerProgram decode(Genome genome) {
        tree.check(genome);
        List<Node> nodes = code.nodes(genome);
        int output = GraphCode.INITIAL + nodes.size() - 1;
        return new LayerProgram(VECTORS, nodes, output, true, parameters.groupSize(), parameters.epsilon());
    }

    /**
     * The genome that writes down the {@link Simplification} of this one's program: nodes that lead nowhere are gone, inputs whose
     * order does not matter are sorted, exact identities are applied.
     */
    @Override
    public Genome canonical(Genome genome) {
        return encode(Simplification.canonical(decode(genome)))
                .orElseThrow(
                        () -> new IllegalStateException("a simplification has more nodes than what it simplifies"));
    }

    /**
     * A genome whose program computes the same.
     *
     * @param program with the vectors of this space
     * @return empty if it has too many nodes, or operations that this space does not have
     * @throws IllegalArgumentException if it has other vectors
     */
    public Optional<Genome> encode(LayerProgram program) {
        if (!program.vectors().equals(VECTORS)) {
            throw new IllegalArgumentException("a genome has the vectors v0 = 0 and v1 = 1, not " + program.vectors());
        }
        return code.write(program);
    }

    /** The formula, as papers publish layers. */
    @Override
    public String text(Genome genome) {
        return Formula.of(decode(genome)).text();
    }

    /** Every node's operation and inputs as likely as any other, as the paper draws them; not uniform over genomes. */
    @Override
    public Genome sample(RandomGenerator random) {
        return code.sample(random);
    }

    /**
     * The ready layers that the operations and nodes of this space are enough for. As in all its genomes v0 begins as 0 and v1 as 1,
     * and scale and shift stand behind everything.
     */
    @Override
    public Map<String, Genome> known() {
        Map<String, Genome> known = new LinkedHashMap<>();
        ReadyLayers.searched(parameters.groupSize(), parameters.epsilon())
                .forEach((name, program) -> encode(program).ifPresent(genome -> known.put(name, genome)));
        return Collections.unmodifiableMap(known);
    }

    @Override
    public Map<String, Design> yardsticks() {
        Map<String, Design> yardsticks = new LinkedHashMap<>();
        List<String> first = parameters.moments() ? FIRST : FIRST_ACTIVATIONS;
        first.forEach(name -> yardsticks.put(name, yardstick(name)));
        ReadyLayers.all().keySet().forEach(name -> yardsticks.putIfAbsent(name, yardstick(name)));
        return Collections.unmodifiableMap(yardsticks);
    }

    private LayerProgram yardstick(String name) {
        return ReadyLayers.program(name, parameters.groupSize(), parameters.epsilon());
    }
}
