package io.phyla.search.metric;

import io.phyla.spaces.Genome;
import io.phyla.spaces.design.Design;
import java.util.Map;

/** An {@link Evaluator} made ready; used by one thread at a time. */
public interface Evaluation extends AutoCloseable {

    /**
     * Computes the wanted metrics. A value may be NaN or infinite where the metric is undefined for this design; the
     * caller decides what that means.
     *
     * @param genome the design's genome as written, for tables of published results
     * @param seed the only source of randomness
     * @throws EvaluationException if this design cannot be evaluated
     */
    Evaluated evaluate(Genome genome, Design design, long seed);

    /**
     * @param cost counted work in the evaluator's own unit (seconds of published training, MACs), deterministic
     */
    record Evaluated(Map<String, Double> values, double cost) {}

    @Override
    void close();
}
