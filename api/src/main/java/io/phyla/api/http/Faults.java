package io.phyla.api.http;

import io.phyla.api.problem.ProblemException;
import io.phyla.api.problem.ProblemType;
import io.phyla.storage.database.StorageException;
import io.phyla.storage.query.Cursor;

/** What went wrong behind an endpoint, as a problem for its caller. */
final class Faults {

    private Faults() {}

    /** Whether the fault says something about the service, for its log. */
    static boolean ours(Throwable fault) {
        return !(fault instanceof ProblemException || fault instanceof Cursor.Invalid);
    }

    static ProblemException problem(Throwable fault, String requestId) {
        return switch (fault) {
            case ProblemException problem -> problem;
            case Cursor.Invalid invalid -> ProblemException.parameter("cursor", String.valueOf(invalid.getMessage()));
            case StorageException _ ->
                new ProblemException(
                                ProblemType.UNAVAILABLE,
                                "the database does not take this; /health/ready says what is wrong, the log says more"
                                        + " under "
                                        + requestId)
                        .with("Retry-After", "5");
            default ->
                new ProblemException(ProblemType.INTERNAL, "the service failed; its log says more under " + requestId);
        };
    }
}
