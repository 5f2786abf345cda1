package io.phyla.storage.journal;

import io.phyla.search.port.Journal;
import io.phyla.storage.database.Database;
import io.phyla.storage.database.Sql;
import io.phyla.storage.database.StorageException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** The journal in the database: one writer groups whatever is waiting into one commit. */
public final class H2Journal implements Journal, AutoCloseable {

    private static final int PAGE = 1000;

    private final Sql sql;
    private final EntryReader reader;
    private final Writer writer;
    private final Deletion deletion;

    public H2Journal(Database database) {
        sql = new Sql(database);
        reader = new EntryReader(database);
        writer = new Writer(database);
        deletion = new Deletion(database, writer);
    }

    @Override
    public void create(Header header) {
        writer.run(connection -> Sql.update(
                connection,
                "insert into search (id, name, document, created_at, updated_at, deleted, state, sequence, measured, "
                        + "failed, rejected, duplicates, cost, seconds, front_size) "
                        + "values (?, ?, ?, ?, ?, false, 'running', 0, 0, 0, 0, 0, 0, 0, 0)",
                header.id(),
                header.name(),
                header.document(),
                header.createdAt(),
                header.createdAt()));
    }

    @Override
    public List<Header> unfinished() {
        return sql.connected(connection -> Sql.select(
                connection,
                "select id, name, document, created_at from search where deleted = false "
                        + "and state in ('running', 'paused', 'finishing') order by created_at, sid",
                row -> new Header(row.getString(1), row.getString(2), row.getString(3), row.getLong(4))));
    }

    @Override
    public CompletionStage<Void> append(String search, List<Entry> entries) {
        return writer.append(search, entries);
    }

    @Override
    public void replay(String search, long after, Consumer<Entry> consumer) {
        List<Entry> page = reader.after(search, after, PAGE);
        while (!page.isEmpty()) {
            page.forEach(consumer);
            page = reader.after(search, page.getLast().sequence(), PAGE);
        }
    }

    @Override
    public Optional<Snapshot> snapshot(String search) {
        return sql
                .connected(connection -> Sql.select(
                        connection,
                        "select t.sequence, t.state from snapshot t join search s on s.sid = t.sid "
                                + "where s.id = ? and s.deleted = false",
                        row -> new Snapshot(row.getLong(1), row.getString(2)),
                        search))
                .stream()
                .findFirst();
    }

    @Override
    public void save(String search, Snapshot snapshot) {
        writer.run(connection -> {
            Optional<Integer> sid = EntryReader.sid(connection, search);
            if (sid.isPresent()) {
                Sql.update(connection, "delete from snapshot where sid = ?", sid.get());
                Sql.update(
                        connection,
                        "insert into snapshot (sid, sequence, state) values (?, ?, ?)",
                        sid.get(),
                        snapshot.sequence(),
                        snapshot.state());
            }
        });
    }

    @Override
    public void delete(String search) {
        deletion.delete(search);
    }

    /** Entries handed over and not yet durable. */
    public int waiting() {
        return writer.waiting();
    }

    /** How often something was made durable. */
    public long commits() {
        return writer.commits();
    }

    /** Runs a statement of another table on the one writer, in a commit of its own. */
    public void write(Writer.Work work) {
        writer.run(work);
    }

    /**
     * Runs statements of another table on the one writer, in a commit that others may share; returns at once. If they fail,
     * they alone are taken back.
     */
    public CompletionStage<Void> share(Writer.Work work) {
        return writer.share(work);
    }

    /**
     * Writes a row, in a commit of its own.
     *
     * @throws StorageException if the database takes no writes, saying why
     */
    public void probe() {
        writer.run(connection -> {
            Sql.update(connection, "delete from idempotency where token = ''");
            Sql.update(
                    connection,
                    "insert into idempotency (token, body_hash, search_id, created_at) values ('', '', '', ?)",
                    System.currentTimeMillis());
        });
    }

    /** Writes what is waiting, then stops. */
    @Override
    public void close() {
        deletion.close();
        writer.close();
    }
}
