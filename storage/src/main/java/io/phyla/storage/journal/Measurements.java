package io.phyla.storage.journal;

import io.phyla.storage.database.Metrics;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** The measurements of a page of candidates, in one query. */
public final class Measurements {

    private Measurements() {}

    /** Candidate number to metric name to value; candidates without measurements are absent. */
    public static Map<Long, Map<String, Double>> of(
            Connection connection, Metrics metrics, int sid, Collection<Long> numbers) throws SQLException {
        Map<Long, Map<String, Double>> found = new HashMap<>();
        if (numbers.isEmpty()) {
            return found;
        }
        try (PreparedStatement select = connection.prepareStatement(
                "select number, mid, val from measurement where sid = ? and number = any(?)")) {
            select.setInt(1, sid);
            select.setArray(2, connection.createArrayOf("bigint", numbers.toArray()));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.computeIfAbsent(rows.getLong(1), _ -> new HashMap<>())
                            .put(metrics.name(rows.getInt(2)), rows.getDouble(3));
                }
            }
        }
        return found;
    }
}
