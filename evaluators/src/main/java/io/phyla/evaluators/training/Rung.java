package io.phyla.evaluators.training;

/**
 * A budget of successive halving, frozen before the first candidate comes.
 *
 * @param steps of training
 * @param leastAccuracy from 0 to 1, that a candidate needs at this step to be trained further
 */
record Rung(long steps, double leastAccuracy) {}
