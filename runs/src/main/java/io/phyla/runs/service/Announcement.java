package io.phyla.runs.service;

import io.phyla.spaces.schema.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Where the service that owns a data directory listens. The file stands beside the database from start to stop, so that
 * other commands go through the service instead of the database. After a crash it is stale: no process has its id, or one
 * that started later than the file was written.
 */
public record Announcement(URI address, long pid) {

    private static final String FILE = "service.json";

    /** Start times of processes are counted from that of the machine, which is known to a second. */
    private static final Duration PRECISION = Duration.ofSeconds(2);

    /** The running service of a data directory, if there is one. */
    public static Optional<Announcement> find(Path directory) throws IOException {
        Path file = directory.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Announcement found = Json.MAPPER.readValue(file.toFile(), Announcement.class);
        Instant written = Files.getLastModifiedTime(file).toInstant();
        boolean running = ProcessHandle.of(found.pid())
                .filter(ProcessHandle::isAlive)
                .flatMap(process -> process.info().startInstant().or(() -> Optional.of(written)))
                .filter(started -> !started.isAfter(written.plus(PRECISION)))
                .isPresent();
        return running ? Optional.of(found) : Optional.empty();
    }

    void publish(Path directory) throws IOException {
        Path fresh = directory.resolve(FILE + "." + pid);
        Json.MAPPER.writeValue(fresh.toFile(), this);
        Files.move(fresh, directory.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    static void withdraw(Path directory) throws IOException {
        Files.deleteIfExists(directory.resolve(FILE));
    }
}
