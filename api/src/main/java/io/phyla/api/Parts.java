package io.phyla.api;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.phyla.api.catalog.Examples;
import io.phyla.api.events.Events;
import io.phyla.api.health.WorkerStatus;
import io.phyla.api.training.TrainingEvents;
import io.phyla.api.upload.UploadStore;
import io.phyla.search.port.Artifacts;
import io.phyla.search.run.Searches;
import io.phyla.search.training.Trainings;
import io.phyla.storage.database.Database;
import io.phyla.storage.journal.H2Journal;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * What the service is made of. The caller keeps them open until the server is closed, and closes them after.
 *
 * @param searches made with {@code events} as its listener
 * @param trainings made with {@code trainingEvents} as their listener
 * @param spool a directory of the server's own, for files that are being sent
 * @param workers asked for each probe and scrape; must answer at once
 * @param meters where all parts count and measure
 */
public record Parts(
        Database database,
        H2Journal journal,
        Searches searches,
        Events events,
        Trainings trainings,
        TrainingEvents trainingEvents,
        Artifacts artifacts,
        UploadStore uploads,
        Path spool,
        Examples examples,
        Supplier<WorkerStatus> workers,
        PrometheusMeterRegistry meters) {}
