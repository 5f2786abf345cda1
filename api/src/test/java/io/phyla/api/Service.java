package io.phyla.api;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.phyla.api.catalog.Examples;
import io.phyla.api.events.Events;
import io.phyla.api.health.WorkerStatus;
import io.phyla.api.security.Security;
import io.phyla.api.training.TrainingEvents;
import io.phyla.api.upload.UploadLimits;
import io.phyla.api.upload.UploadStore;
import io.phyla.evaluators.artifacts.FileArtifacts;
import io.phyla.evaluators.worker.InlinePool;
import io.phyla.evaluators.worker.Inspector;
import io.phyla.search.run.Searches;
import io.phyla.search.training.Trainings;
import io.phyla.storage.database.Database;
import io.phyla.storage.journal.H2Journal;
import io.phyla.storage.training.H2TrainingJournal;
import io.phyla.storage.upload.Uploads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The whole service in this process: real database, real searches, evaluation inline. */
final class Service implements AutoCloseable {

    final Server server;
    private final Parts parts;
    final Database database;
    final H2Journal journal;
    final Events events = new Events();
    final FileArtifacts artifacts;
    private final InlinePool pool;
    final Inspector inspector;
    private final Searches searches;
    private final Trainings trainings;

    private Service(Path directory, ServerOptions options, UploadLimits limits) {
        database = Database.open(directory);
        journal = new H2Journal(database);
        artifacts = new FileArtifacts(directory.resolve("artifacts"));
        pool = new InlinePool(2, artifacts);
        inspector = new Inspector(Inspector.Options.of(artifacts.directory()));
        searches = new Searches(journal, pool, artifacts, events);
        searches.recover();
        TrainingEvents trainingEvents = new TrainingEvents();
        trainings = new Trainings(new H2TrainingJournal(database, journal), pool.trainings(), trainingEvents);
        trainings.recover();
        parts = new Parts(
                database,
                journal,
                searches,
                events,
                trainings,
                trainingEvents,
                artifacts,
                uploads(limits),
                directory.resolve("spool"),
                Examples.onClassPath("sizes"),
                () -> new WorkerStatus(2, 2, 0, 0),
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
        server = Server.start(options, parts);
    }

    private UploadStore uploads(UploadLimits limits) {
        try {
            return UploadStore.open(new Uploads(database, journal), artifacts, inspector, limits);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Service start(Path directory) {
        return start(directory, Duration.ofSeconds(15), Duration.ofSeconds(30));
    }

    static Service start(Path directory, Duration heartbeat, Duration patience) {
        ServerOptions options =
                new ServerOptions(Security.of("127.0.0.1", List.of()), 0, heartbeat, patience, Duration.ofMinutes(2));
        return new Service(directory, options, UploadLimits.standard());
    }

    static Service start(Path directory, Security security) {
        return new Service(directory, new ServerOptions(security, 0), UploadLimits.standard());
    }

    static Service start(Path directory, UploadLimits limits) {
        return new Service(directory, new ServerOptions(Security.of("127.0.0.1", List.of()), 0), limits);
    }

    Parts parts() {
        return parts;
    }

    int port() {
        return server.port();
    }

    Client client() {
        return new Client(server.address());
    }

    @Override
    public void close() {
        server.close();
        inspector.close();
        searches.close();
        trainings.close();
        pool.close();
        journal.close();
        database.close();
    }
}
