package io.phyla.spaces;

import io.phyla.spaces.design.Design;
import io.phyla.spaces.schema.Json;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * A finite list of decisions, what a genome means, and parameters that are not searched. Every space is this, so one
 * mutation, one crossover, one identity, one storage format and one lineage difference serve them all.
 */
public interface SearchSpace {

    /** The provider's name, such as {@code nb201}. */
    String name();

    /** What is fixed: macro-structure, classes, resolution. */
    Record parameters();

    /** The decisions in genome order; a condition names only earlier ones. */
    List<Decision> decisions();

    /**
     * What the genome stands for, as written: nothing is pruned or merged.
     *
     * @throws IllegalArgumentException if the genome does not fit {@link #decisions()}, or stands for nothing in a space
     *     that is not {@link #total()}
     */
    Design decode(Genome genome);

    /**
     * The genome that stands for all genomes <em>exactly</em> equal to this one. Inactive decisions become 0; a space
     * that knows more exact equalities merges them on top.
     */
    default Genome canonical(Genome genome) {
        return tree().canonical(genome);
    }

    /** Identity of the candidate: equal for genomes with the same canonical form, different across spaces. */
    default Key key(Genome genome) {
        return Key.of(name() + Json.MAPPER.valueToTree(parameters()) + '\n' + canonical(genome));
    }

    /** The genome in the form its field publishes it, for people. */
    default String text(Genome genome) {
        return genome.toString();
    }

    /** How many genomes there are when only active decisions count. */
    default BigInteger size() {
        return tree().size();
    }

    /** A genome drawn as the space's field draws them: by default uniformly from the {@link #size()} ones. */
    default Genome sample(RandomGenerator random) {
        return tree().sample(random);
    }

    /** Published designs that genomes stand for, by name: what a search may start from. */
    default Map<String, Genome> known() {
        return Map.of();
    }

    /** Established designs, by name, that results are compared with whether a genome stands for them or not. */
    default Map<String, Design> yardsticks() {
        return Map.of();
    }

    /** Bounds on cheap metrics that designs keep besides those that a search sets. */
    default List<Bound> bounds() {
        return List.of();
    }

    /** Whether every genome decodes; if not, {@link #decode} of some says why they stand for nothing. */
    default boolean total() {
        return true;
    }

    /** Which decisions exist in a genome; computed once per space. */
    DecisionTree tree();
}
