package io.phyla.storage.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Metric names and the small numbers that stand for them in rows; both ways in memory. */
public final class Metrics {

    private final Map<String, Integer> ids = new ConcurrentHashMap<>();
    private final Map<Integer, String> names = new ConcurrentHashMap<>();

    public Metrics(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select mid, name from metric")) {
            while (rows.next()) {
                remember(rows.getInt(1), rows.getString(2));
            }
        }
    }

    private void remember(int id, String name) {
        ids.put(name, id);
        names.put(id, name);
    }

    /** A metric's number; a new one is inserted in the connection's transaction. */
    public int id(Connection connection, String name) throws SQLException {
        Integer known = ids.get(name);
        if (known != null) {
            return known;
        }
        try (PreparedStatement insert =
                connection.prepareStatement("insert into metric (name) values (?)", Statement.RETURN_GENERATED_KEYS)) {
            insert.setString(1, name);
            insert.executeUpdate();
            try (ResultSet keys = insert.getGeneratedKeys()) {
                keys.next();
                int id = keys.getInt(1);
                remember(id, name);
                return id;
            }
        }
    }

    /** A metric's number; null if nothing was ever measured of it. */
    public @Nullable Integer find(String name) {
        return ids.get(name);
    }

    /** All numbers, smallest first. */
    public List<Integer> all() {
        return names.keySet().stream().sorted().toList();
    }

    /** Values by name as one short text, {@code 3=0.5 7=1200.0}, exact to the last bit. */
    public String write(Connection connection, Map<String, Double> values) throws SQLException {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, Double> value : values.entrySet()) {
            text.append(text.isEmpty() ? "" : " ")
                    .append(id(connection, value.getKey()))
                    .append('=')
                    .append(value.getValue().doubleValue());
        }
        return text.toString();
    }

    /** What {@link #write} wrote. */
    public Map<String, Double> read(String text) {
        Map<String, Double> values = new HashMap<>();
        for (String part : text.isEmpty() ? new String[0] : text.split(" ")) {
            int equals = part.indexOf('=');
            values.put(
                    name(Integer.parseInt(part.substring(0, equals))), Double.parseDouble(part.substring(equals + 1)));
        }
        return values;
    }

    private String name(int id) {
        return Objects.requireNonNull(names.get(id), "a measurement names a metric that is not there");
    }
}
