package io.phyla.runs.service;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.phyla.api.Parts;
import io.phyla.api.Server;
import io.phyla.api.ServerOptions;
import io.phyla.api.catalog.Examples;
import io.phyla.api.events.Events;
import io.phyla.api.security.Security;
import io.phyla.api.training.TrainingEvents;
import io.phyla.api.upload.UploadLimits;
import io.phyla.api.upload.UploadStore;
import io.phyla.evaluators.artifacts.FileArtifacts;
import io.phyla.evaluators.worker.Inspector;
import io.phyla.search.run.Searches;
import io.phyla.search.training.Trainings;
import io.phyla.storage.database.Database;
import io.phyla.storage.journal.H2Journal;
import io.phyla.storage.training.H2TrainingJournal;
import io.phyla.storage.upload.Uploads;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The service: database, workers, searches, trainings and HTTP, opened in this order and closed in the other. */
public final class Service implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Service.class);

    private final Path directory;
    private final URI address;
    private final Opened opened;
    private boolean closed;

    private Service(Path directory, URI address, Opened opened) {
        this.directory = directory;
        this.address = address;
        this.opened = opened;
    }

    /**
     * Opens everything, takes up what is unfinished and listens. If a part cannot be opened, those before it are closed.
     *
     * @throws Database.Unavailable if another process owns the directory
     * @throws IllegalArgumentException if an option cannot be used
     */
    public static Service start(ServiceOptions options) throws IOException {
        Opened opened = new Opened();
        try {
            URI address = open(options, opened);
            new Announcement(address, ProcessHandle.current().pid()).publish(options.directory());
            return new Service(options.directory(), address, opened);
        } catch (IOException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /** Where a data directory keeps contents by their hash. */
    public static Path artifacts(Path directory) {
        return directory.resolve("artifacts");
    }

    private static URI open(ServiceOptions options, Opened opened) throws IOException {
        Security security = Security.of(options.bind(), options.tokens());
        Files.createDirectories(options.directory());
        Path content = artifacts(options.directory());
        FileArtifacts artifacts = new FileArtifacts(content);
        Database database = opened.add(Database.open(options.directory()));
        for (Map.Entry<String, Path> file : options.files().entrySet()) {
            artifacts.register(file.getKey(), file.getValue());
        }
        H2Journal journal = opened.add(new H2Journal(database));
        Workers workers = opened.add(Workers.start(options.workers(), content, artifacts));
        Events events = new Events();
        Searches searches = opened.add(new Searches(journal, workers.pool(), artifacts, events));
        TrainingEvents trainingEvents = new TrainingEvents();
        Trainings trainings = opened.add(
                new Trainings(new H2TrainingJournal(database, journal), workers.trainings(), trainingEvents));
        Inspector inspector = opened.add(new Inspector(Inspector.Options.of(content)));
        UploadStore uploads = UploadStore.open(
                new Uploads(database, journal), artifacts, inspector, UploadLimits.of(options.mostUpload()));
        if (options.takeUp()) {
            searches.recover();
            trainings.recover();
        }
        Parts parts = new Parts(
                database,
                journal,
                searches,
                events,
                trainings,
                trainingEvents,
                artifacts,
                uploads,
                options.directory().resolve("spool"),
                Examples.onClassPath("nb201-proxies", "evonorm-quick", "evonorm", "evonorm-paper", "activation"),
                workers::status,
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
        return opened.add(Server.start(new ServerOptions(security, options.port()), parts))
                .address();
    }

    /** What has to be closed, last opened first. */
    private static final class Opened {

        private final Deque<AutoCloseable> parts = new ArrayDeque<>();

        <T extends AutoCloseable> T add(T part) {
            parts.push(part);
            return part;
        }

        void close() {
            for (AutoCloseable part : parts) {
                try {
                    part.close();
                } catch (Exception e) {
                    LOG.warn("{} did not close in good order", part.getClass().getSimpleName(), e);
                }
            }
        }
    }

    /** Where the dashboard is. */
    public URI address() {
        return address;
    }

    /** What has not ended stays as it is; the next start takes it up. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            Announcement.withdraw(directory);
        } catch (IOException e) {
            LOG.warn("the announcement in {} stays behind", directory, e);
        }
        opened.close();
    }
}
