package io.phyla.evaluators.worker;

import io.phyla.search.port.EvaluatorPool.Outcome;

/** A worker's answer as the search takes it. */
final class Outcomes {

    private Outcomes() {}

    static Outcome of(TaskRunner.Answer answer, int attempt, String worker, long milliseconds) {
        return switch (answer) {
            case TaskRunner.Answer.Values values ->
                new Outcome.Measured(values.values(), values.cost(), attempt, worker, milliseconds);
            case TaskRunner.Answer.NoValues none -> new Outcome.Failed(none.cause(), attempt, worker, milliseconds);
        };
    }
}
