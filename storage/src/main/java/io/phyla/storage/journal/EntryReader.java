package io.phyla.storage.journal;

import io.phyla.search.candidate.FinalEvaluation;
import io.phyla.search.port.Journal.Entry;
import io.phyla.storage.database.Database;
import io.phyla.storage.database.Metrics;
import io.phyla.storage.database.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Reads entries back in order of their sequence, page by page. */
public final class EntryReader {

    private final Sql sql;
    private final Metrics metrics;

    public EntryReader(Database database) {
        sql = new Sql(database);
        metrics = database.metrics();
    }

    /**
     * Entries after a sequence number, at most so many; empty at the end. Three tables are read one after the other, so
     * all only as far as the search had come before: otherwise what is committed in between could be left out.
     */
    public List<Entry> after(String search, long sequence, int limit) {
        return sql.connected(connection -> {
            Optional<Place> place = place(connection, search);
            return place.isPresent() ? after(connection, place.get(), sequence, limit) : List.of();
        });
    }

    /** Where a search stands: its row number and its newest entry. */
    private record Place(int sid, long newest) {}

    private static Optional<Place> place(Connection connection, String search) throws SQLException {
        return Sql.select(
                        connection,
                        "select sid, sequence from search where id = ? and deleted = false",
                        row -> new Place(row.getInt(1), row.getLong(2)),
                        search)
                .stream()
                .findFirst();
    }

    /** The row number of a search that is not deleted. */
    public static Optional<Integer> sid(Connection connection, String search) throws SQLException {
        return place(connection, search).map(Place::sid);
    }

    private List<Entry> after(Connection connection, Place place, long sequence, int limit) throws SQLException {
        List<Entry> entries = new ArrayList<>(Sql.<Entry>select(
                connection,
                page(Rows.CANDIDATE, "candidate"),
                row -> Rows.done(row, metrics),
                place.sid(),
                sequence,
                place.newest(),
                limit));
        entries.addAll(Sql.select(
                connection,
                page("sequence, state, reason, at, " + Rows.SUMMARY, "state_change"),
                Rows::changed,
                place.sid(),
                sequence,
                place.newest(),
                limit));
        entries.addAll(Sql.select(
                connection,
                FinalRows.PAGE,
                row -> FinalRows.done(row, metrics),
                place.sid(),
                sequence,
                place.newest(),
                limit));
        entries.sort(Comparator.comparingLong(Entry::sequence));
        return entries.size() <= limit ? entries : entries.subList(0, limit);
    }

    /** Every evaluation of a search's last phase, by subject and repetition; the document bounds how many. */
    public List<FinalEvaluation> finals(String search) {
        return sql.connected(connection -> {
            Optional<Integer> sid = sid(connection, search);
            return sid.isEmpty()
                    ? List.of()
                    : Sql.select(connection, FinalRows.ALL, row -> FinalRows.evaluation(row, metrics), sid.get());
        });
    }

    private static String page(String columns, String table) {
        return "select " + columns + " from " + table
                + " where sid = ? and sequence > ? and sequence <= ? order by sid, sequence limit ?";
    }
}
