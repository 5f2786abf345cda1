package io.phyla.storage.query;

/**
 * Where a candidate stands in a list.
 *
 * @param value of the metric the list is sorted by; 0 if it is sorted by number
 */
record Place(long number, double value) {}
