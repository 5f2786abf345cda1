package io.phyla.runs.service;

import io.phyla.spaces.schema.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Where the service that owns a data directory listens. The file stands beside the database from start to stop, so that
 * other commands go through the service instead of the database; after a crash it is stale, which its process id shows.
 */
public record Announcement(URI address, long pid) {

    private static final String FILE = "service.json";

    /** The running service of a data directory, if there is one. */
    public static Optional<Announcement> find(Path directory) throws IOException {
        Path file = directory.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Announcement found = Json.MAPPER.readValue(file.toFile(), Announcement.class);
        boolean alive =
                ProcessHandle.of(found.pid()).map(ProcessHandle::isAlive).orElse(false);
        return alive ? Optional.of(found) : Optional.empty();
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
