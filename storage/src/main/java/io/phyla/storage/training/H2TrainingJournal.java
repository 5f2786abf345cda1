package io.phyla.storage.training;

import io.phyla.search.training.CurvePoint;
import io.phyla.search.training.TrainingJournal;
import io.phyla.storage.database.Database;
import io.phyla.storage.database.Sql;
import io.phyla.storage.journal.H2Journal;
import io.phyla.storage.journal.Rows;
import io.phyla.storage.upload.Uploads;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Trainings in the database, written by the same writer as searches and in the same commits. */
public final class H2TrainingJournal implements TrainingJournal {

    private static final int CHUNK = 1000;

    private final Sql sql;
    private final H2Journal journal;

    /** Erases what an earlier process hid and did not live to erase. */
    public H2TrainingJournal(Database database, H2Journal journal) {
        sql = new Sql(database);
        this.journal = journal;
        erase();
    }

    @Override
    public void create(Header header) {
        journal.write(connection -> Sql.update(
                connection,
                "insert into training (id, name, settings, network, created_at, updated_at, deleted, state, sequence,"
                        + " seconds) values (?, ?, ?, ?, ?, ?, false, 'waiting', 0, 0)",
                header.id(),
                header.name(),
                header.settings(),
                header.network(),
                header.createdAt(),
                header.createdAt()));
    }

    @Override
    public List<Unfinished> unfinished() {
        return sql.connected(connection -> Sql.select(
                connection,
                "select id, name, settings, network, created_at, " + TrainingRows.STANDING
                        + " from training where deleted = false and state in ('waiting', 'running', 'paused')"
                        + " order by created_at, tid",
                row -> new Unfinished(
                        new Header(
                                row.getString("id"),
                                row.getString("name"),
                                row.getString("settings"),
                                row.getString("network"),
                                row.getLong("created_at")),
                        TrainingRows.standing(row))));
    }

    @Override
    public Optional<Standing> standing(String training) {
        return sql
                .connected(connection -> Sql.select(
                        connection,
                        "select " + TrainingRows.STANDING + " from training where id = ? and deleted = false",
                        TrainingRows::standing,
                        training))
                .stream()
                .findFirst();
    }

    @Override
    public CompletionStage<Void> append(String training, List<Entry> entries) {
        return journal.share(connection -> {
            Optional<Integer> tid = tid(connection, training);
            if (tid.isPresent()) {
                for (Entry entry : entries) {
                    write(connection, tid.get(), entry);
                }
            }
        });
    }

    /** The row number of a training that is not deleted. */
    static Optional<Integer> tid(Connection connection, String training) throws SQLException {
        return Sql.select(
                        connection,
                        "select tid from training where id = ? and deleted = false",
                        row -> row.getInt(1),
                        training)
                .stream()
                .findFirst();
    }

    private static void write(Connection connection, int tid, Entry entry) throws SQLException {
        switch (entry) {
            case Entry.PointAdded added -> write(connection, tid, added);
            case Entry.StateChanged changed -> write(connection, tid, changed);
        }
    }

    private static void write(Connection connection, int tid, Entry.PointAdded entry) throws SQLException {
        CurvePoint it = entry.point();
        Sql.update(
                connection,
                "insert into curve_point (tid, sequence, seconds, " + TrainingRows.POINT
                        + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                tid,
                entry.sequence(),
                entry.seconds(),
                it.step(),
                it.steps(),
                it.epoch(),
                it.learningRate(),
                it.trainingLoss(),
                it.trainingAccuracy(),
                it.validationLoss(),
                it.validationAccuracy());
        Sql.update(
                connection,
                "update training set sequence = ?, seconds = ?, updated_at = ?, step = ?, steps = ?, epoch = ?,"
                        + " learning_rate = ?, training_loss = ?, training_accuracy = ?, validation_loss = ?,"
                        + " validation_accuracy = ? where tid = ?",
                entry.sequence(),
                entry.seconds(),
                System.currentTimeMillis(),
                it.step(),
                it.steps(),
                it.epoch(),
                it.learningRate(),
                it.trainingLoss(),
                it.trainingAccuracy(),
                it.validationLoss(),
                it.validationAccuracy(),
                tid);
    }

    private static void write(Connection connection, int tid, Entry.StateChanged entry) throws SQLException {
        Sql.update(
                connection,
                "insert into training_change (tid, sequence, state, reason, at, seconds, weights)"
                        + " values (?, ?, ?, ?, ?, ?, ?)",
                tid,
                entry.sequence(),
                Rows.name(entry.state()),
                Rows.shorten(entry.reason()),
                entry.at(),
                entry.seconds(),
                entry.weights());
        Sql.update(
                connection,
                "update training set sequence = ?, seconds = ?, updated_at = ?, state = ?, reason = ?, weights = ?"
                        + " where tid = ?",
                entry.sequence(),
                entry.seconds(),
                entry.at(),
                Rows.name(entry.state()),
                Rows.shorten(entry.reason()),
                entry.weights(),
                tid);
    }

    /** Hides it at once, then erases it in chunks, so that nothing else that writes waits long. */
    @Override
    public void delete(String training) {
        journal.write(connection -> Sql.update(
                connection,
                "update training set deleted = true, id = '/' || tid, weights = null where id = ? and deleted = false",
                training));
        erase();
    }

    private void erase() {
        for (Optional<Integer> hidden = hidden(); hidden.isPresent(); hidden = hidden()) {
            int tid = hidden.get();
            for (Optional<Long> end = chunk(tid); end.isPresent(); end = chunk(tid)) {
                long last = end.get();
                journal.write(connection ->
                        Sql.update(connection, "delete from curve_point where tid = ? and step <= ?", tid, last));
            }
            journal.write(connection -> {
                Sql.update(connection, "delete from curve_point where tid = ?", tid);
                Sql.update(connection, "delete from training_change where tid = ?", tid);
                Sql.update(connection, "delete from training where tid = ?", tid);
            });
        }
    }

    private Optional<Integer> hidden() {
        return sql
                .connected(connection -> Sql.select(
                        connection,
                        "select tid from training where deleted = true order by deleted, tid limit 1",
                        row -> row.getInt(1)))
                .stream()
                .findFirst();
    }

    /** The last step of a whole chunk; empty if there is less than that. */
    private Optional<Long> chunk(int tid) {
        return sql
                .connected(connection -> Sql.select(
                        connection,
                        "select step from curve_point where tid = ? order by tid, step limit 1 offset " + (CHUNK - 1),
                        row -> row.getLong(1),
                        tid))
                .stream()
                .findFirst();
    }

    @Override
    public boolean uses(String weights) {
        return sql.connected(connection -> Uploads.uses(connection, weights)
                || !Sql.select(
                                connection,
                                "select tid from training where weights = ? limit 1",
                                row -> row.getInt(1),
                                weights)
                        .isEmpty());
    }
}
