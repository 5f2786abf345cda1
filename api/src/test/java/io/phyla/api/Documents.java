package io.phyla.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phyla.spaces.schema.Json;

/** Search documents for tests: small networks, no numbers run. */
final class Documents {

    private Documents() {}

    static ObjectNode small(int evaluations) {
        try {
            return (ObjectNode) Json.MAPPER.readTree("""
                {
                  "name": "small",
                  "space": {"name": "nb201", "parameters": {"channels": 2, "cells": 1, "classes": 3, "resolution": 4}},
                  "objectives": [{"metric": "noop"}],
                  "strategy": {"name": "regularized-evolution", "parameters": {"population": 10, "tournament": 3}},
                  "budget": {"evaluations": %d},
                  "window": %d,
                  "seed": 1
                }
                """.formatted(evaluations, Math.min(4, evaluations)));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    /** One that runs until somebody ends it. */
    static ObjectNode endless(int milliseconds) {
        ObjectNode document = small(100_000_000);
        document.putObject("evaluators").putObject("noop").put("milliseconds", milliseconds);
        document.withObject("/budget").put("patience", 1_000_000);
        return document;
    }
}
