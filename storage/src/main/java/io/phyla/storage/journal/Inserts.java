package io.phyla.storage.journal;

import io.phyla.search.candidate.CandidateState;
import io.phyla.search.port.Journal.Entry;
import io.phyla.search.port.Journal.Entry.CandidateDone;
import io.phyla.search.port.Journal.Entry.FinalDone;
import io.phyla.search.port.Journal.Entry.StateChanged;
import io.phyla.storage.database.Metrics;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The writer's statements, prepared once; entries are gathered and sent in batches. */
final class Inserts implements AutoCloseable {

    private final Connection connection;
    private final Metrics metrics;
    private final PreparedStatement candidate;
    private final PreparedStatement measurement;
    private final PreparedStatement lineage;
    private final PreparedStatement joined;
    private final PreparedStatement left;
    private final PreparedStatement change;
    private final PreparedStatement summary;
    private final PreparedStatement finalEvaluation;
    private final PreparedStatement finish;

    Inserts(Connection connection, Metrics metrics) throws SQLException {
        this.connection = connection;
        this.metrics = metrics;
        candidate = insert("candidate", "sid, " + Rows.CANDIDATE);
        measurement = insert("measurement", "sid, mid, measured, val, number");
        lineage = insert("lineage", "sid, parent, child");
        joined = insert("front", "sid, number");
        left = connection.prepareStatement("delete from front where sid = ? and number = ?");
        change = insert("state_change", "sid, sequence, state, reason, at, " + Rows.SUMMARY);
        summary = connection.prepareStatement(
                "update search set measured = ?, failed = ?, rejected = ?, duplicates = ?, cost = ?, seconds = ?,"
                    + " front_size = ?, best = ?, best_value = ?, tolls = ?, causes = ?, sequence = ?, updated_at = ?,"
                    + " state = coalesce(?, state), reason = coalesce(?, reason) where sid = ?");
        finalEvaluation = insert("final_evaluation", "sid, " + FinalRows.COLUMNS);
        finish =
                connection.prepareStatement("update search set final_done = ?, final_total = ?, final_cost = final_cost"
                        + " + ?, final_milliseconds = final_milliseconds + ? where sid = ?");
    }

    private PreparedStatement insert(String table, String columns) throws SQLException {
        int count = columns.split(",").length;
        return connection.prepareStatement("insert into " + table + " (" + columns + ") values ("
                + String.join(", ", Collections.nCopies(count, "?")) + ")");
    }

    void add(int sid, Entry entry) throws SQLException {
        switch (entry) {
            case CandidateDone done -> add(sid, done);
            case StateChanged changed -> add(sid, changed);
            case FinalDone done -> add(sid, done);
        }
    }

    private void add(int sid, FinalDone entry) throws SQLException {
        finalEvaluation.setInt(1, sid);
        FinalRows.set(
                finalEvaluation,
                2,
                entry,
                metrics.write(connection, entry.evaluation().measurements()));
        finalEvaluation.addBatch();
        finish.setInt(1, entry.done());
        finish.setInt(2, entry.total());
        finish.setDouble(3, entry.evaluation().cost());
        finish.setLong(4, entry.evaluation().work().milliseconds());
        finish.setInt(5, sid);
        finish.addBatch();
    }

    private void add(int sid, CandidateDone entry) throws SQLException {
        long number = entry.candidate().number();
        Map<String, Double> values = entry.candidate().measurements();
        candidate.setInt(1, sid);
        Rows.set(candidate, 2, entry, metrics.write(connection, values));
        candidate.addBatch();
        for (Map.Entry<String, Double> value : values.entrySet()) {
            measurement.setInt(1, sid);
            measurement.setInt(2, metrics.id(connection, value.getKey()));
            measurement.setBoolean(3, entry.candidate().state() == CandidateState.MEASURED);
            measurement.setDouble(4, value.getValue());
            measurement.setLong(5, number);
            measurement.addBatch();
        }
        for (long parent : Set.copyOf(entry.candidate().origin().parents())) {
            lineage.setInt(1, sid);
            lineage.setLong(2, parent);
            lineage.setLong(3, number);
            lineage.addBatch();
        }
        for (long gone : entry.left()) {
            left.setInt(1, sid);
            left.setLong(2, gone);
            left.addBatch();
        }
        if (entry.joined()) {
            joined.setInt(1, sid);
            joined.setLong(2, number);
            joined.addBatch();
        }
    }

    private void add(int sid, StateChanged entry) throws SQLException {
        change.setInt(1, sid);
        change.setLong(2, entry.sequence());
        change.setString(3, Rows.name(entry.state()));
        change.setString(4, Rows.shorten(entry.reason()));
        change.setLong(5, entry.at());
        Rows.set(change, 6, entry.summary());
        change.addBatch();
    }

    /** Brings a search's own row up to its newest entry. */
    void summarise(int sid, Entry newest, @Nullable StateChanged changed) throws SQLException {
        int i = Rows.set(summary, 1, newest.summary());
        summary.setLong(i++, newest.sequence());
        summary.setLong(i++, System.currentTimeMillis());
        summary.setString(i++, changed == null ? null : Rows.name(changed.state()));
        summary.setString(i++, changed == null ? null : Rows.shorten(changed.reason()));
        summary.setInt(i, sid);
        summary.addBatch();
    }

    /** A member of the front joins once and leaves once, so that what joined in this batch may leave in it, too. */
    void send() throws SQLException {
        candidate.executeBatch();
        measurement.executeBatch();
        lineage.executeBatch();
        joined.executeBatch();
        left.executeBatch();
        change.executeBatch();
        summary.executeBatch();
        finalEvaluation.executeBatch();
        finish.executeBatch();
    }

    @Override
    public void close() throws SQLException {
        for (PreparedStatement statement : new PreparedStatement[] {
            candidate, measurement, lineage, joined, left, change, summary, finalEvaluation, finish
        }) {
            statement.close();
        }
    }
}
