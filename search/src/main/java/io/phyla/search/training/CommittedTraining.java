package io.phyla.search.training;

/** An entry that is durable: what listeners may tell the world. */
public record CommittedTraining(String training, TrainingJournal.Entry entry) {}
