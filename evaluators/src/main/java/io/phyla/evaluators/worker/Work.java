package io.phyla.evaluators.worker;

/** What a worker can be given. */
sealed interface Work permits ProcessPool.Job, TrainingJob {}
