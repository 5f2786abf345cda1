package io.phyla.storage.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One statement with its parameters, and a connection only for as long as it runs. */
public final class Sql {

    private final Database database;

    public Sql(Database database) {
        this.database = database;
    }

    @FunctionalInterface
    public interface Read<T> {
        T from(ResultSet row) throws SQLException;
    }

    @FunctionalInterface
    public interface Use<T> {
        T with(Connection connection) throws SQLException;
    }

    /** @throws StorageException if the database refuses it */
    public <T> T connected(Use<T> use) {
        try (Connection connection = database.reader()) {
            return use.with(connection);
        } catch (SQLException e) {
            throw new StorageException("reading", e);
        }
    }

    /** All rows; the statement bounds how many there are. */
    public static <T> List<T> select(Connection connection, String sql, Read<T> read, Object... parameters)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            set(statement, parameters);
            try (ResultSet rows = statement.executeQuery()) {
                List<T> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(read.from(rows));
                }
                return found;
            }
        }
    }

    /** One statement that changes something. */
    public static void update(Connection connection, String sql, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            set(statement, parameters);
            statement.executeUpdate();
        }
    }

    private static void set(PreparedStatement statement, @Nullable Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
    }
}
