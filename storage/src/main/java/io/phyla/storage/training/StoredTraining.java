package io.phyla.storage.training;

import io.phyla.search.training.TrainingJournal.Standing;

/**
 * A training as the database has it, without its network.
 *
 * @param settings what it was submitted with, as JSON
 * @param createdAt milliseconds since the epoch
 * @param updatedAt milliseconds since the epoch
 */
public record StoredTraining(
        String id, String name, String settings, long createdAt, long updatedAt, Standing standing) {}
