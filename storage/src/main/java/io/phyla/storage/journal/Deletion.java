package io.phyla.storage.journal;

import io.phyla.storage.database.Database;
import io.phyla.storage.database.Sql;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgets searches: hidden at once, then erased in chunks behind everybody's back, so that nothing that writes waits
 * long. What the process does not live to erase, the next one does.
 */
final class Deletion implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Deletion.class);
    private static final long CHUNK = 1000;
    private static final List<String> WHOLE = List.of("state_change", "final_evaluation", "snapshot", "search");

    private final Database database;
    private final Sql sql;
    private final Writer writer;
    private final ExecutorService eraser = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("eraser").factory());
    private volatile boolean closing;

    Deletion(Database database, Writer writer) {
        this.database = database;
        sql = new Sql(database);
        this.writer = writer;
        eraser.execute(this::finish);
    }

    /** Hides a search; its identifier is free when this returns. */
    void delete(String search) {
        writer.run(connection -> {
            Sql.update(
                    connection,
                    "update search set deleted = true, id = '/' || sid where id = ? and deleted = false",
                    search);
            Sql.update(connection, "delete from search_origin where search_id = ?", search);
            writer.forget(search);
        });
        eraser.execute(this::finish);
    }

    /** Erases everything that is hidden. */
    private void finish() {
        try {
            for (int sid : hidden()) {
                erase(sid);
            }
        } catch (RuntimeException e) {
            if (!closing) {
                LOG.warn("deleted searches are not erased yet; the next start goes on with it", e);
            }
        }
    }

    private List<Integer> hidden() {
        return sql.connected(connection -> Sql.select(
                connection, "select sid from search where deleted = true order by sid", row -> row.getInt(1)));
    }

    /** The rows of candidates go after those that hang on them: they tell the next process how far there is to go. */
    private void erase(int sid) {
        for (int mid : database.metrics().all()) {
            eraseMeasurements(sid, mid, true);
            eraseMeasurements(sid, mid, false);
        }
        long last = lastNumber(sid);
        for (long below = CHUNK; below < last + 1 + CHUNK; below += CHUNK) {
            run("delete from front where sid = ? and number < ?", sid, below);
            run("delete from lineage where sid = ? and parent < ?", sid, below);
            run("delete from candidate where sid = ? and number < ?", sid, below);
        }
        for (String table : WHOLE) {
            run("delete from " + table + " where sid = ?", sid);
        }
    }

    private record Place(double value, long number) {}

    /** From the smallest value up, because the table has no other order. */
    private void eraseMeasurements(int sid, int mid, boolean measured) {
        for (Place end = chunk(sid, mid, measured); end != null; end = chunk(sid, mid, measured)) {
            run(
                    "delete from measurement where sid = ? and mid = ? and measured = ? and val < ?",
                    sid,
                    mid,
                    measured,
                    end.value());
            run(
                    "delete from measurement where sid = ? and mid = ? and measured = ? and val = ? and number <= ?",
                    sid,
                    mid,
                    measured,
                    end.value(),
                    end.number());
        }
        run("delete from measurement where sid = ? and mid = ? and measured = ?", sid, mid, measured);
    }

    /** The end of a whole chunk; null if there is less than that. */
    private @Nullable Place chunk(int sid, int mid, boolean measured) {
        return sql
                .connected(connection -> Sql.select(
                        connection,
                        "select val, number from measurement where sid = ? and mid = ? and measured = ? "
                                + "order by sid, mid, measured, val, number limit 1 offset " + (CHUNK - 1),
                        row -> new Place(row.getDouble(1), row.getLong(2)),
                        sid,
                        mid,
                        measured))
                .stream()
                .findFirst()
                .orElse(null);
    }

    private long lastNumber(int sid) {
        return sql
                .connected(connection -> Sql.select(
                        connection,
                        "select number from candidate where sid = ? order by sid desc, number desc limit 1",
                        row -> row.getLong(1),
                        sid))
                .stream()
                .findFirst()
                .orElse(-1L);
    }

    private void run(String statement, Object... parameters) {
        if (closing) {
            throw new IllegalStateException("the journal is being closed");
        }
        writer.run(connection -> Sql.update(connection, statement, parameters));
    }

    /** Ends after the chunk under way. */
    @Override
    public void close() {
        closing = true;
        eraser.close();
    }
}
