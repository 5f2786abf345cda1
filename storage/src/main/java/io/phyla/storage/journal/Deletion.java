package io.phyla.storage.journal;

import io.phyla.storage.database.Database;
import io.phyla.storage.database.StorageException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Forgets searches in chunks: hidden at once, erased piece by piece, finished after a restart if need be. */
final class Deletion {

    private static final long CHUNK = 2000;
    private static final List<String> BY_NUMBER = List.of("measurement", "candidate", "front");
    private static final List<String> WHOLE = List.of("state_change", "snapshot", "search");

    private final Database database;
    private final Writer writer;

    Deletion(Database database, Writer writer) {
        this.database = database;
        this.writer = writer;
    }

    void delete(String search) {
        writer.run(connection -> {
            try (PreparedStatement hide =
                    connection.prepareStatement("update search set deleted = true where id = ? and deleted = false")) {
                hide.setString(1, search);
                hide.executeUpdate();
            }
        });
        finish();
    }

    /** Erases everything that is hidden. */
    void finish() {
        hidden().forEach(this::erase);
    }

    private List<Integer> hidden() {
        try (Connection connection = database.reader();
                PreparedStatement select = connection.prepareStatement("select sid from search where deleted = true");
                ResultSet rows = select.executeQuery()) {
            List<Integer> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getInt(1));
            }
            return found;
        } catch (SQLException e) {
            throw new StorageException("listing deleted searches", e);
        }
    }

    private void erase(int sid) {
        long last = lastNumber(sid);
        for (long below = CHUNK; below < last + 1 + CHUNK; below += CHUNK) {
            long limit = below;
            for (String table : BY_NUMBER) {
                writer.run(connection ->
                        update(connection, "delete from " + table + " where sid = ? and number < ?", sid, limit));
            }
            writer.run(
                    connection -> update(connection, "delete from lineage where sid = ? and parent < ?", sid, limit));
        }
        for (String table : WHOLE) {
            writer.run(connection -> update(connection, "delete from " + table + " where sid = ?", sid));
        }
    }

    private long lastNumber(int sid) {
        try (Connection connection = database.reader();
                PreparedStatement select = connection.prepareStatement(
                        "select number from candidate where sid = ? order by sid desc, number desc limit 1")) {
            select.setInt(1, sid);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? rows.getLong(1) : -1;
            }
        } catch (SQLException e) {
            throw new StorageException("measuring a deleted search", e);
        }
    }

    private static void update(Connection connection, String sql, long... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setLong(i + 1, parameters[i]);
            }
            statement.executeUpdate();
        }
    }
}
