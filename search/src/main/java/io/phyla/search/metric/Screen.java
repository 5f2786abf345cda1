package io.phyla.search.metric;

import io.phyla.spaces.Genome;
import io.phyla.spaces.Key;
import io.phyla.spaces.design.Design;
import java.util.List;

/**
 * Looks at a proposal before it becomes a candidate: throws out what cannot be any good, and says which designs are the same
 * function, so that one result serves them all. It runs where proposals are made and many times for each candidate: no
 * native code, a millisecond at most, the same verdict on every machine. Used by one thread at a time.
 */
public interface Screen {

    /** What a proposal can fall to, in the order it is looked at; small letters, digits and underscores. */
    List<String> stages();

    /** The verdict on a design, which depends on nothing else. */
    Verdict judge(Genome genome, Design design);

    /** What comes of a design. */
    sealed interface Verdict {

        /**
         * It is thrown out.
         *
         * @param stage one of {@link #stages()}
         */
        record Rejected(String stage) implements Verdict {}

        /**
         * It may be evaluated.
         *
         * @param equivalence equal for designs whose results may stand for each other
         */
        record Passed(Key equivalence) implements Verdict {}
    }
}
