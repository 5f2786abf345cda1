package io.phyla.runs.service;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.phyla.api.Parts;
import io.phyla.api.Server;
import io.phyla.api.ServerOptions;
import io.phyla.api.catalog.Examples;
import io.phyla.api.events.Events;
import io.phyla.api.security.Security;
import io.phyla.evaluators.artifacts.FileArtifacts;
import io.phyla.search.run.Searches;
import io.phyla.storage.database.Database;
import io.phyla.storage.journal.H2Journal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The service: database, workers, searches and HTTP, opened in this order and closed in the other. */
public final class Service implements AutoCloseable {

    private final Path directory;
    private final Database database;
    private final H2Journal journal;
    private final Workers workers;
    private final Searches searches;
    private final Server server;
    private boolean closed;

    private Service(
            Path directory, Database database, H2Journal journal, Workers workers, Searches searches, Server server) {
        this.directory = directory;
        this.database = database;
        this.journal = journal;
        this.workers = workers;
        this.searches = searches;
        this.server = server;
    }

    /**
     * Opens everything, takes up unfinished searches and listens.
     *
     * @throws Database.Unavailable if another process owns the directory
     * @throws IllegalArgumentException if an option cannot be used
     */
    public static Service start(ServiceOptions options) throws IOException {
        Security security = Security.of(options.bind(), options.tokens());
        ServerOptions listening = new ServerOptions(security, options.port());
        Files.createDirectories(options.directory());
        Path content = options.directory().resolve("artifacts");
        FileArtifacts artifacts = new FileArtifacts(content);
        Database database = Database.open(options.directory());
        try {
            for (Map.Entry<String, Path> file : options.files().entrySet()) {
                artifacts.register(file.getKey(), file.getValue());
            }
            H2Journal journal = new H2Journal(database);
            Workers workers = Workers.start(options.workers(), content, artifacts);
            Events events = new Events();
            Searches searches = new Searches(journal, workers.pool(), artifacts, events);
            if (options.takeUp()) {
                searches.recover();
            }
            Parts parts = new Parts(
                    database,
                    journal,
                    searches,
                    events,
                    artifacts,
                    Examples.onClassPath("nb201-proxies"),
                    workers::status,
                    new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
            Server server = Server.start(listening, parts);
            Service service = new Service(options.directory(), database, journal, workers, searches, server);
            new Announcement(server.address(), ProcessHandle.current().pid()).publish(options.directory());
            return service;
        } catch (IOException | RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /** Where the dashboard is. */
    public URI address() {
        return server.address();
    }

    /** Searches that have not ended stay as they are; the next start takes them up. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            Announcement.withdraw(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            server.close();
            searches.close();
            workers.close();
            journal.close();
            database.close();
        }
    }
}
