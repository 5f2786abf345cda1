package io.phyla.api.layer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.api.contract.Parameters;
import io.phyla.api.http.Answer;
import io.phyla.api.http.Call;
import io.phyla.api.problem.ProblemException;
import io.phyla.api.search.Store;
import io.phyla.evaluators.bench.LayerBench;
import io.phyla.evaluators.layer.LayerDossier;
import io.phyla.evaluators.worker.LayerTask;
import io.phyla.search.candidate.Candidate;
import io.phyla.spaces.design.LayerProgram;
import io.phyla.spaces.design.Shape;
import org.jspecify.annotations.Nullable;

/** A candidate that is a layer. */
public final class LayerEndpoints {

    private static final String WORST_GRADIENT = "worst_gradient";
    private static final long MILLISECONDS = 300;

    private final Store store;
    private final LayerCosts costs;

    public LayerEndpoints(Store store, LayerCosts costs) {
        this.store = store;
        this.costs = costs;
    }

    /** {@code GET /v1/searches/{id}/candidates/{number}/layer}. */
    public Answer layer(Call call) {
        Candidate candidate = store.candidate(call.parameters()).candidate();
        @Nullable Double worst = candidate.measurements().get(WORST_GRADIENT);
        return Answer.json(LayerDossier.of(program(call.parameters(), candidate), worst));
    }

    /** {@code GET /v1/searches/{id}/candidates/{number}/layer/cost}. */
    public Answer cost(Call call) {
        Parameters parameters = call.parameters();
        LayerProgram program = program(parameters, store.candidate(parameters).candidate());
        Shape shape = new Shape((int) parameters.number("channels"), (int) parameters.number("height"), (int)
                parameters.number("width"));
        int batch = (int) parameters.number("batch");
        if (batch * shape.elements() > LayerBench.MOST_ELEMENTS) {
            throw ProblemException.parameter(
                    "batch",
                    "times " + shape + " is " + batch * shape.elements() + " elements, and at most "
                            + LayerBench.MOST_ELEMENTS + " are measured");
        }
        ObjectNode json =
                costs.of(new LayerTask(program, shape, batch, MILLISECONDS)).deepCopy();
        return Answer.json(json);
    }

    private LayerProgram program(Parameters parameters, Candidate candidate) {
        if (store.space(store.search(parameters)).decode(candidate.genome()) instanceof LayerProgram program) {
            return program;
        }
        throw ProblemException.notFound("layer: candidate " + candidate.number()
                + " is a network, whose drawing and files are under network and export");
    }
}
