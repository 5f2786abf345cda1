package io.phyla.storage.query;

import io.phyla.search.candidate.FinalEvaluation;
import io.phyla.search.port.Journal;
import io.phyla.search.port.Journal.Entry;
import io.phyla.search.progress.SearchState;
import io.phyla.storage.database.Database;
import io.phyla.storage.database.Sql;
import io.phyla.storage.journal.EntryReader;
import io.phyla.storage.journal.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Searches and their entries. */
public final class SearchQueries {

    private static final String COLUMNS =
            "sid, id, name, document, created_at, updated_at, state, reason, sequence, final_done, final_total, "
                    + "final_cost, final_milliseconds, " + Rows.SUMMARY;

    private final Sql sql;
    private final EntryReader entries;

    public SearchQueries(Database database) {
        sql = new Sql(database);
        entries = new EntryReader(database);
    }

    private record Row(int sid, StoredSearch search) {}

    /** Newest first. */
    public Page<StoredSearch> list(@Nullable SearchState state, @Nullable String cursor, int limit) {
        Cursor.Newest after = Cursor.newest(cursor);
        String filter = state == null ? "" : "state = '" + Rows.name(state) + "' and ";
        String order = (state == null ? "" : "state desc, ") + "created_at desc, sid desc";
        List<Row> rows = sql.connected(connection -> Sql.select(
                connection,
                "select " + COLUMNS + " from search where " + filter
                        + "deleted = false and created_at <= ? and (created_at < ? or sid < ?) order by " + order
                        + " limit ?",
                SearchQueries::row,
                after.createdAt(),
                after.createdAt(),
                after.row(),
                limit + 1));
        return Pages.cut(
                rows,
                limit,
                Row::search,
                last -> new Cursor.Newest(last.search().header().createdAt(), last.sid()).write());
    }

    public Optional<StoredSearch> find(String id) {
        return sql
                .connected(connection -> Sql.select(
                        connection,
                        "select " + COLUMNS + " from search where id = ? and deleted = false",
                        SearchQueries::row,
                        id))
                .stream()
                .map(Row::search)
                .findFirst();
    }

    /** Entries after a sequence number, in order, at most so many. */
    public List<Entry> entries(String id, long after, int limit) {
        return entries.after(id, after, limit);
    }

    /** What the last phase has given so far, by subject and repetition. */
    public List<FinalEvaluation> finals(String id) {
        return entries.finals(id);
    }

    private static Row row(ResultSet row) throws SQLException {
        Journal.Header header = new Journal.Header(
                row.getString("id"), row.getString("name"), row.getString("document"), row.getLong("created_at"));
        return new Row(
                row.getInt("sid"),
                new StoredSearch(
                        header,
                        Rows.state(row.getString("state")),
                        row.getString("reason"),
                        Rows.summary(row),
                        row.getLong("sequence"),
                        row.getLong("updated_at"),
                        new StoredSearch.Finish(
                                row.getInt("final_done"),
                                row.getInt("final_total"),
                                row.getDouble("final_cost"),
                                row.getLong("final_milliseconds"))));
    }
}
