package io.phyla.storage.journal;

import io.phyla.search.port.Journal.Entry;
import io.phyla.storage.database.Database;
import io.phyla.storage.database.StorageException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads entries back in order of their sequence, page by page. */
public final class EntryReader {

    private final Database database;

    public EntryReader(Database database) {
        this.database = database;
    }

    /** Entries after a sequence number, at most so many; empty at the end. */
    public List<Entry> after(String search, long sequence, int limit) {
        try (Connection connection = database.reader()) {
            Optional<Integer> sid = sid(connection, search);
            return sid.isPresent() ? after(connection, sid.get(), sequence, limit) : List.of();
        } catch (SQLException e) {
            throw new StorageException("reading the journal of " + search, e);
        }
    }

    /** The row number of a search that is not deleted. */
    public static Optional<Integer> sid(Connection connection, String search) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select sid from search where id = ? and deleted = false")) {
            select.setString(1, search);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? Optional.of(rows.getInt(1)) : Optional.empty();
            }
        }
    }

    private List<Entry> after(Connection connection, int sid, long sequence, int limit) throws SQLException {
        List<Entry> entries = new ArrayList<>(candidates(connection, sid, sequence, limit));
        try (PreparedStatement select =
                page(connection, "sequence, state, reason, at, " + Rows.SUMMARY, "state_change")) {
            bind(select, sid, sequence, limit);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    entries.add(Rows.changed(rows));
                }
            }
        }
        entries.sort(Comparator.comparingLong(Entry::sequence));
        return entries.size() <= limit ? entries : entries.subList(0, limit);
    }

    private List<Entry> candidates(Connection connection, int sid, long sequence, int limit) throws SQLException {
        List<Long> numbers = new ArrayList<>();
        try (PreparedStatement select = page(connection, "sequence, number", "candidate")) {
            bind(select, sid, sequence, limit);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    numbers.add(rows.getLong(2));
                }
            }
        }
        Map<Long, Map<String, Double>> measurements = Measurements.of(connection, database.metrics(), sid, numbers);
        List<Entry> entries = new ArrayList<>();
        try (PreparedStatement select = page(connection, Rows.CANDIDATE, "candidate")) {
            bind(select, sid, sequence, numbers.size());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    entries.add(Rows.done(rows, measurements.getOrDefault(rows.getLong("number"), Map.of())));
                }
            }
        }
        return entries;
    }

    private static PreparedStatement page(Connection connection, String columns, String table) throws SQLException {
        return connection.prepareStatement("select " + columns + " from " + table
                + " where sid = ? and sequence > ? order by sid, sequence limit ?");
    }

    private static void bind(PreparedStatement select, int sid, long sequence, int limit) throws SQLException {
        select.setInt(1, sid);
        select.setLong(2, sequence);
        select.setInt(3, limit);
    }
}
