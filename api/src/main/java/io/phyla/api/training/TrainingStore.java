package io.phyla.api.training;

import io.phyla.api.contract.Parameters;
import io.phyla.api.problem.ProblemException;
import io.phyla.search.port.Artifacts;
import io.phyla.search.training.Trainings;
import io.phyla.storage.training.StoredTraining;
import io.phyla.storage.training.TrainingQueries;

/** Where endpoints find trainings. */
public record TrainingStore(Trainings trainings, TrainingQueries queries, Artifacts artifacts) {

    /** The training that the path names. */
    public StoredTraining training(Parameters parameters) {
        String id = parameters.text("id");
        return queries.find(id).orElseThrow(() -> ProblemException.notFound("training '" + id + "'"));
    }
}
