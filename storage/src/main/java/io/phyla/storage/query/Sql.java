package io.phyla.storage.query;

import io.phyla.storage.database.Database;
import io.phyla.storage.database.StorageException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** One select with its parameters, and a connection only for as long as it runs. */
final class Sql {

    private final Database database;

    Sql(Database database) {
        this.database = database;
    }

    @FunctionalInterface
    interface Read<T> {
        T from(ResultSet row) throws SQLException;
    }

    @FunctionalInterface
    interface Use<T> {
        T with(Connection connection) throws SQLException;
    }

    <T> T connected(Use<T> use) {
        try (Connection connection = database.reader()) {
            return use.with(connection);
        } catch (SQLException e) {
            throw new StorageException("reading", e);
        }
    }

    static <T> List<T> select(Connection connection, String sql, Read<T> read, Object... parameters)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                List<T> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(read.from(rows));
                }
                return found;
            }
        }
    }
}
