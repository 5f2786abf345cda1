package io.phyla.storage.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.h2.mvstore.MVStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The H2 file database of a data directory, with its schema brought up to date. One process owns the file.
 *
 * <p>{@code WRITE_DELAY=0} and {@link Recovery} make a returned commit survive the death of the process; H2 alone does not.
 * That a commit survives the loss of power is not promised.
 */
public final class Database implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final String FILE = "phyla";
    private static final String SETTINGS = ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH"
            + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;CACHE_SIZE=65536";
    // Of H2's ways to files the one that an interrupted thread does not close under everybody's feet.
    private static final String FILE_SYSTEM = "async:";
    private static final int ALREADY_OPEN = 90020;
    private static final int READERS = 8;
    private static final long PATIENCE_MILLIS = 5_000;

    private final String url;
    private final HikariDataSource pool;
    private final Path file;
    private final Metrics metrics;

    private Database(String url, HikariDataSource pool, Path file, Metrics metrics) {
        this.url = url;
        this.pool = pool;
        this.file = file;
        this.metrics = metrics;
    }

    /** The database cannot be opened; the message says why and what to do. */
    public static final class Unavailable extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unavailable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** @throws Unavailable if another process owns the database, or it cannot be read or written */
    public static Database open(Path directory) {
        Path file = directory.toAbsolutePath().resolve(FILE);
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new Unavailable("the data directory " + directory + " cannot be made: " + e.getMessage(), e);
        }
        Path content = Path.of(file + ".mv.db");
        try {
            Recovery.recover(content);
        } catch (IOException | MVStoreException e) {
            throw new Unavailable("the database in " + directory + " cannot be opened: " + e.getMessage(), e);
        }
        String url = "jdbc:h2:" + FILE_SYSTEM + file + SETTINGS;
        try (Connection first = DriverManager.getConnection(url)) {
            Flyway.configure()
                    .dataSource(url, null, null)
                    .ignoreMigrationPatterns(new String[0])
                    .load()
                    .migrate();
            HikariConfig config = new HikariConfig();
            config.setJdbcUrl(url);
            config.setMaximumPoolSize(READERS);
            config.setPoolName("readers");
            config.setConnectionTimeout(PATIENCE_MILLIS);
            return new Database(url, new HikariDataSource(config), content, new Metrics(first));
        } catch (SQLException e) {
            String why = e.getErrorCode() == ALREADY_OPEN
                    ? "another process owns the database in " + directory
                            + "; a running service must be used through its API, or stopped first"
                    : "the database in " + directory + " cannot be opened: " + e.getMessage();
            throw new Unavailable(why, e);
        } catch (FlywayException e) {
            throw new Unavailable(
                    "the database in " + directory
                            + " was made by another version of this program, and is left as it is; "
                            + "start with another data directory: " + e.getMessage(),
                    e);
        }
    }

    /** A connection for reading, to be closed soon. */
    public Connection reader() throws SQLException {
        return pool.getConnection();
    }

    /** A connection that stays open for the one writer. */
    public Connection writer() throws SQLException {
        Connection connection = DriverManager.getConnection(url);
        connection.setAutoCommit(false);
        return connection;
    }

    public Metrics metrics() {
        return metrics;
    }

    /** Bytes of the database file. */
    public long bytes() {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        pool.close();
        try (Connection last = DriverManager.getConnection(url);
                Statement statement = last.createStatement()) {
            statement.execute("shutdown");
        } catch (SQLException e) {
            LOG.warn(
                    "the database was not closed in good order; it is intact and will be recovered at the next start",
                    e);
        }
    }
}
