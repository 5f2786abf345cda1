package io.phyla.api.health;

/**
 * How the evaluators' workers are.
 *
 * @param wanted how many should be alive
 * @param restarts since the start of the process
 * @param waiting tasks that no worker has taken yet
 */
public record WorkerStatus(int wanted, int alive, long restarts, int waiting) {}
