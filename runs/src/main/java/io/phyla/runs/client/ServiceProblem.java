package io.phyla.runs.client;

import com.fasterxml.jackson.databind.JsonNode;

/** The service refused a request; the message lists what it found wrong, one line each, and nothing twice. */
public final class ServiceProblem extends RuntimeException {

    private static final long serialVersionUID = 1;

    ServiceProblem(int status, JsonNode problem) {
        super(describe(status, problem));
    }

    private static String describe(int status, JsonNode problem) {
        StringBuilder text = new StringBuilder(problem.path("title").asText("HTTP status " + status));
        String summary = problem.path("detail").asText();
        if (!summary.isEmpty()) {
            text.append(": ").append(summary);
        }
        for (JsonNode error : problem.path("errors")) {
            String detail = error.path("detail").asText();
            if (!summary.contains(detail)) {
                text.append("\n  ")
                        .append(error.path("pointer").asText(error.path("part").asText()))
                        .append("  ")
                        .append(detail);
            }
        }
        return text.toString();
    }
}
