package io.phyla.spaces.program;

import io.phyla.spaces.design.Layer;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.Network;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Puts a layer program into a network that was made for other layers, by the rules of Liu et al. ("Evolving
 * Normalization-Activation Layers", NeurIPS 2020, and the authors' code). Every place has vectors, scale and shift of its own.
 * Names stay: the program is called as the normalisation was that it replaces.
 */
public final class Placement {

    private final Network network;
    private final LayerProgram program;
    private final Optional<KnownKernels> known;
    private final Readers readers;
    private final Rewriting rewriting;

    private Placement(Network network, LayerProgram program) {
        this.network = network;
        this.program = program.pruned();
        known = KnownKernels.of(this.program);
        readers = new Readers(network);
        rewriting = new Rewriting(network);
    }

    /**
     * The network with the program in place of every pair of a normalisation and the activation behind it.
     *
     * <ul>
     *   <li>A pair is a normalisation whose only reader is an activation, or whose readers are equal activations.
     *   <li>A normalisation without an activation becomes scale and shift, {@link LayerProgram#scaling()}: nothing is normalised
     *       there any more.
     *   <li>Activations without normalisation stay, such as those behind a sum and in squeeze-excitation, and so does a gate
     *       that is a normalisation and an activation and is only multiplied to something.
     *   <li>Programs that are one of the engine's normalisations with ReLU or swish become these two layers; a normalisation
     *       without an activation then becomes that normalisation.
     *   <li>Moving averages keep the momentum of the batch normalisation that was there.
     * </ul>
     *
     * An element-wise program takes the place of the pair, too, and leaves no normalisation: that is what the search for such
     * layers has to judge. {@link #activation} is the other search.
     *
     * @throws IllegalArgumentException if the network has no such pair
     */
    public static Network place(Network network, LayerProgram program) {
        Placement placement = new Placement(network, program);
        if (placement.pairs().isEmpty()) {
            throw new IllegalArgumentException(
                    "the network has no place for a layer: none of its normalisations is followed"
                            + " by an activation as its only reader");
        }
        for (int node = 0; node < network.nodes().size(); node++) {
            if (placement.normalises(node)) {
                placement.pair(node, placement.readers.activations(node));
            }
        }
        return placement.rewriting.done();
    }

    /** How many places {@link #place} finds in a network. */
    public static int pairs(Network network) {
        return new Placement(network, LayerProgram.scaling()).pairs().size();
    }

    private List<Integer> pairs() {
        return IntStream.range(0, network.nodes().size())
                .filter(node -> normalises(node) && !readers.activations(node).isEmpty())
                .boxed()
                .toList();
    }

    /** Whether a node is a normalisation, but of no gate. */
    private boolean normalises(int node) {
        return Readers.normalises(network.nodes().get(node).layer())
                && readers.activations(node).stream().noneMatch(readers::gates);
    }

    /**
     * The network with the program in place of its activations, as the searches for activation functions have it (Ramachandran
     * et al., "Searching for activation functions", 2017): normalisations stay, and so do gates with what computes them. An
     * activation behind a sum is replaced like any other.
     *
     * @throws IllegalArgumentException if the network has no activation but gates, or the program takes moments and so would
     *     normalise what is normalised
     */
    public static Network activation(Network network, LayerProgram program) {
        Placement placement = new Placement(network, program);
        if (program.takesMoments()) {
            throw new IllegalArgumentException(
                    "a layer that takes moments replaces normalisation and activation together,"
                            + " not the activation alone");
        }
        List<Integer> found = placement.activations();
        if (found.isEmpty()) {
            throw new IllegalArgumentException("the network has no activation to replace");
        }
        for (int node : found) {
            placement.rewriting.replace(node, new Layer.Program(placement.program));
            placement.rewriting.rename(node, "activation");
        }
        return placement.rewriting.done();
    }

    /** How many places {@link #activation} finds in a network. */
    public static int activations(Network network) {
        return new Placement(network, LayerProgram.scaling()).activations().size();
    }

    private List<Integer> activations() {
        return IntStream.range(0, network.nodes().size())
                .filter(node -> Readers.activates(network.nodes().get(node).layer()) && !readers.gates(node))
                .boxed()
                .toList();
    }

    private void pair(int normalisation, List<Integer> activations) {
        double momentum = network.nodes().get(normalisation).layer() instanceof Layer.BatchNormalization batch
                ? batch.momentum()
                : Layer.Program.MOMENTUM;
        if (known.isPresent()) {
            int channels = network.shapes().get(normalisation).channels();
            rewriting.replace(normalisation, known.get().normalization(channels, momentum));
            Layer.Activation function = known.get().activation();
            for (int activation : activations) {
                if (!network.nodes().get(activation).layer().equals(function)) {
                    rewriting.replace(activation, function);
                    rewriting.rename(activation, function.function().name().toLowerCase(Locale.ROOT));
                }
            }
        } else if (activations.isEmpty()) {
            rewriting.replace(normalisation, new Layer.Program(LayerProgram.scaling(), momentum));
        } else {
            rewriting.replace(normalisation, new Layer.Program(program, momentum));
            activations.forEach(activation -> rewriting.skip(activation, normalisation));
        }
    }
}
