package io.phyla.runs.client;

import com.fasterxml.jackson.databind.JsonNode;

/** The service refused a request; the message lists what it found wrong, one line each. */
public final class ServiceProblem extends RuntimeException {

    private static final long serialVersionUID = 1;

    ServiceProblem(int status, JsonNode problem) {
        super(describe(status, problem));
    }

    private static String describe(int status, JsonNode problem) {
        StringBuilder text = new StringBuilder(problem.path("title").asText("HTTP status " + status));
        if (problem.hasNonNull("detail")) {
            text.append(": ").append(problem.get("detail").asText());
        }
        for (JsonNode error : problem.path("errors")) {
            text.append("\n  ")
                    .append(error.path("pointer").asText())
                    .append("  ")
                    .append(error.path("detail").asText());
        }
        return text.toString();
    }
}
