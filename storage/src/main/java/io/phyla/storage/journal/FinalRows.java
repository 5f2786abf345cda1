package io.phyla.storage.journal;

import io.phyla.search.candidate.Candidate;
import io.phyla.search.candidate.Cause;
import io.phyla.search.candidate.FinalEvaluation;
import io.phyla.search.candidate.Subject;
import io.phyla.search.port.Journal.Entry.FinalDone;
import io.phyla.storage.database.Metrics;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Locale;

/** Evaluations of the last phase as rows, both ways. */
final class FinalRows {

    static final String COLUMNS = "sequence, subject, candidate, place, repetition, seed, measurements, cause_kind,"
            + " cause_detail, evaluation_cost, attempt, worker, milliseconds, finished_at, done, total";

    /** The summary is the search's own: nothing else changes it any more. */
    static final String PAGE = "select f." + COLUMNS.replace(", ", ", f.") + ", s." + Rows.SUMMARY.replace(", ", ", s.")
            + " from final_evaluation f join search s on s.sid = f.sid"
            + " where f.sid = ? and f.sequence > ? and f.sequence <= ? order by f.sid, f.sequence limit ?";

    static final String ALL =
            "select " + COLUMNS + " from final_evaluation where sid = ? and sequence > 0 order by place, repetition";

    private FinalRows() {}

    /** @param measurements as {@link Metrics#write} writes them */
    static void set(PreparedStatement statement, int index, FinalDone entry, String measurements) throws SQLException {
        FinalEvaluation it = entry.evaluation();
        Cause cause = it.cause();
        int i = index;
        statement.setLong(i++, entry.sequence());
        statement.setString(i++, it.subject().name());
        if (it.subject().isYardstick()) {
            statement.setNull(i++, Types.BIGINT);
        } else {
            statement.setLong(i++, it.subject().number());
        }
        statement.setInt(i++, it.place());
        statement.setInt(i++, it.repetition());
        statement.setLong(i++, it.seed());
        statement.setString(i++, measurements);
        statement.setString(i++, cause == null ? null : Rows.name(cause.kind()));
        statement.setString(i++, cause == null ? null : Rows.shorten(cause.detail()));
        statement.setDouble(i++, it.cost());
        statement.setInt(i++, it.work().attempt());
        statement.setString(i++, it.work().worker());
        statement.setLong(i++, it.work().milliseconds());
        statement.setLong(i++, it.work().finishedAt());
        statement.setInt(i++, entry.done());
        statement.setInt(i, entry.total());
    }

    static FinalEvaluation evaluation(ResultSet row, Metrics metrics) throws SQLException {
        String kind = row.getString("cause_kind");
        return new FinalEvaluation(
                new Subject(row.getString("subject"), row.getObject("candidate", Long.class)),
                row.getInt("place"),
                row.getInt("repetition"),
                row.getLong("seed"),
                metrics.read(row.getString("measurements")),
                kind == null
                        ? null
                        : new Cause(Cause.Kind.valueOf(kind.toUpperCase(Locale.ROOT)), row.getString("cause_detail")),
                row.getDouble("evaluation_cost"),
                new Candidate.Work(
                        row.getInt("attempt"),
                        row.getString("worker"),
                        row.getLong("milliseconds"),
                        row.getLong("finished_at")));
    }

    static FinalDone done(ResultSet row, Metrics metrics) throws SQLException {
        return new FinalDone(
                row.getLong("sequence"),
                evaluation(row, metrics),
                row.getInt("done"),
                row.getInt("total"),
                Rows.summary(row));
    }
}
