package io.phyla.search.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.search.candidate.Origin;
import io.phyla.spaces.Genome;
import java.util.random.RandomGenerator;

/**
 * Proposes genomes and is told results: a pure state machine without threads, clocks or I/O. Before proposal i it has
 * been told exactly the results with numbers below {@code visible(i)}, in order of number. The same tells and the same
 * random streams give the same proposals.
 */
public interface Strategy {

    /** Number of the first result that proposal {@code number} must not know. Never decreases, at most {@code number}. */
    long visible(long number);

    /** Proposes a genome; the only randomness is the given stream, which belongs to this number alone. */
    Proposal ask(long number, RandomGenerator random);

    /** Takes the next result. */
    void tell(Result result);

    /** Everything {@link #restore} needs, small. */
    JsonNode snapshot();

    /** Takes the place of all tells before the snapshot. */
    void restore(JsonNode snapshot);

    /** A genome and where it came from. */
    record Proposal(Genome genome, Origin origin) {}

    /**
     * What became of a proposal.
     *
     * @param genome as proposed, after repair
     * @param gains the objectives, turned so that more is better; empty if the candidate failed or was rejected. A
     *     duplicate carries the gains of the candidate it repeats.
     */
    record Result(long number, Genome genome, double[] gains) {

        public boolean measured() {
            return gains.length > 0;
        }
    }
}
