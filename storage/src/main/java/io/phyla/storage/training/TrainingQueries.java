package io.phyla.storage.training;

import io.phyla.search.training.CurvePoint;
import io.phyla.search.training.TrainingJournal.Entry;
import io.phyla.search.training.TrainingState;
import io.phyla.storage.database.Database;
import io.phyla.storage.database.Sql;
import io.phyla.storage.journal.Rows;
import io.phyla.storage.query.Cursor;
import io.phyla.storage.query.Page;
import io.phyla.storage.query.Pages;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Trainings, their curves and their entries, page by page. */
public final class TrainingQueries {

    private static final String COLUMNS = "tid, id, name, settings, created_at, updated_at, " + TrainingRows.STANDING;

    private final Sql sql;

    public TrainingQueries(Database database) {
        sql = new Sql(database);
    }

    private record Row(int tid, StoredTraining training) {}

    /** Newest first. */
    public Page<StoredTraining> list(@Nullable TrainingState state, @Nullable String cursor, int limit) {
        Cursor.Newest after = Cursor.newest(cursor);
        String filter = state == null ? "" : "state = '" + Rows.name(state) + "' and ";
        String order = (state == null ? "" : "state desc, ") + "created_at desc, tid desc";
        List<Row> rows = sql.connected(connection -> Sql.select(
                connection,
                "select " + COLUMNS + " from training where " + filter
                        + "deleted = false and created_at <= ? and (created_at < ? or tid < ?) order by " + order
                        + " limit ?",
                TrainingQueries::row,
                after.createdAt(),
                after.createdAt(),
                after.row(),
                limit + 1));
        return Pages.cut(
                rows,
                limit,
                Row::training,
                last -> new Cursor.Newest(last.training().createdAt(), last.tid()).write());
    }

    public Optional<StoredTraining> find(String id) {
        return sql
                .connected(connection -> Sql.select(
                        connection,
                        "select " + COLUMNS + " from training where id = ? and deleted = false",
                        TrainingQueries::row,
                        id))
                .stream()
                .map(Row::training)
                .findFirst();
    }

    /** A training's network as JSON. */
    public Optional<String> network(String id) {
        return sql
                .connected(connection -> Sql.select(
                        connection,
                        "select network from training where id = ? and deleted = false",
                        row -> row.getString(1),
                        id))
                .stream()
                .findFirst();
    }

    /** Points of the curve after a step, in order, at most so many. */
    public List<CurvePoint> curve(String id, long after, int limit) {
        return sql.connected(connection -> {
            Optional<Integer> tid = H2TrainingJournal.tid(connection, id);
            return tid.isEmpty()
                    ? List.of()
                    : Sql.select(
                            connection,
                            "select " + TrainingRows.POINT
                                    + " from curve_point where tid = ? and step > ? order by tid, step limit ?",
                            TrainingRows::point,
                            tid.get(),
                            after,
                            limit);
        });
    }

    private record Place(int tid, long newest) {}

    /** Entries after a sequence number, in order, at most so many; read only as far as the training had come before. */
    public List<Entry> entries(String id, long after, int limit) {
        return sql.connected(connection -> {
            List<Place> place = Sql.select(
                    connection,
                    "select tid, sequence from training where id = ? and deleted = false",
                    row -> new Place(row.getInt(1), row.getLong(2)),
                    id);
            return place.isEmpty() ? List.of() : entries(connection, place.getFirst(), after, limit);
        });
    }

    private static List<Entry> entries(Connection connection, Place place, long after, int limit) throws SQLException {
        List<Entry> entries = new ArrayList<>(Sql.<Entry>select(
                connection,
                page("sequence, seconds, " + TrainingRows.POINT, "curve_point"),
                TrainingRows::added,
                place.tid(),
                after,
                place.newest(),
                limit));
        entries.addAll(Sql.select(
                connection,
                page("sequence, state, reason, at, seconds, weights", "training_change"),
                TrainingRows::changed,
                place.tid(),
                after,
                place.newest(),
                limit));
        entries.sort(Comparator.comparingLong(Entry::sequence));
        return entries.size() <= limit ? entries : entries.subList(0, limit);
    }

    private static String page(String columns, String table) {
        return "select " + columns + " from " + table
                + " where tid = ? and sequence > ? and sequence <= ? order by tid, sequence limit ?";
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getInt("tid"),
                new StoredTraining(
                        row.getString("id"),
                        row.getString("name"),
                        row.getString("settings"),
                        row.getLong("created_at"),
                        row.getLong("updated_at"),
                        TrainingRows.standing(row)));
    }
}
