package io.phyla.evaluators.training;

import com.fasterxml.jackson.databind.JsonNode;
import io.phyla.search.training.TrainingLimits;
import io.phyla.spaces.schema.Param;

/** A training as a user writes it. Curve and weights are a function of the network and the member {@code training}. */
public record TrainingDocument(
        @Param(description = "What people call it.", min = 1, max = 200)
        String name,

        @Param(description = "The network, in the form in which an export holds it.")
        JsonNode network,

        @Param(description = "What it is trained on, how, and for how long.", byDefault = "{}")
        TrainingParameters training,

        @Param(description = "What it may take.", byDefault = "{}")
        TrainingLimits limits) {}
