package io.phyla.storage.journal;

import io.phyla.search.port.Journal;
import io.phyla.storage.database.Database;
import io.phyla.storage.database.StorageException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** The journal in the database: one writer groups whatever is waiting into one commit. */
public final class H2Journal implements Journal, AutoCloseable {

    private static final int PAGE = 1000;

    private final Database database;
    private final EntryReader reader;
    private final Writer writer;

    public H2Journal(Database database) {
        this.database = database;
        reader = new EntryReader(database);
        writer = new Writer(database);
        new Deletion(database, writer).finish();
    }

    @Override
    public void create(Header header) {
        writer.run(connection -> {
            try (PreparedStatement insert = connection.prepareStatement("insert into search (id, name, document, "
                    + "created_at, updated_at, deleted, state, sequence, measured, failed, rejected, duplicates, cost, "
                    + "seconds, front_size) values (?, ?, ?, ?, ?, false, 'running', 0, 0, 0, 0, 0, 0, 0, 0)")) {
                insert.setString(1, header.id());
                insert.setString(2, header.name());
                insert.setString(3, header.document());
                insert.setLong(4, header.createdAt());
                insert.setLong(5, header.createdAt());
                insert.executeUpdate();
            }
        });
    }

    @Override
    public List<Header> unfinished() {
        try (Connection connection = database.reader();
                PreparedStatement select = connection.prepareStatement("select id, name, document, created_at from "
                        + "search where deleted = false and state in ('running', 'paused') order by created_at, sid");
                ResultSet rows = select.executeQuery()) {
            List<Header> found = new ArrayList<>();
            while (rows.next()) {
                found.add(new Header(rows.getString(1), rows.getString(2), rows.getString(3), rows.getLong(4)));
            }
            return found;
        } catch (SQLException e) {
            throw new StorageException("listing unfinished searches", e);
        }
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
        try (Connection connection = database.reader();
                PreparedStatement select =
                        connection.prepareStatement("select t.sequence, t.state from snapshot t join "
                                + "search s on s.sid = t.sid where s.id = ? and s.deleted = false")) {
            select.setString(1, search);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? Optional.of(new Snapshot(rows.getLong(1), rows.getString(2))) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new StorageException("reading the snapshot of " + search, e);
        }
    }

    @Override
    public void save(String search, Snapshot snapshot) {
        writer.run(connection -> {
            Optional<Integer> sid = EntryReader.sid(connection, search);
            if (sid.isEmpty()) {
                return;
            }
            try (PreparedStatement delete = connection.prepareStatement("delete from snapshot where sid = ?");
                    PreparedStatement insert = connection.prepareStatement(
                            "insert into snapshot (sid, sequence, state) values (?, ?, ?)")) {
                delete.setInt(1, sid.get());
                delete.executeUpdate();
                insert.setInt(1, sid.get());
                insert.setLong(2, snapshot.sequence());
                insert.setString(3, snapshot.state());
                insert.executeUpdate();
            }
        });
    }

    @Override
    public void delete(String search) {
        new Deletion(database, writer).delete(search);
    }

    /** Entries handed over and not yet durable. */
    public int waiting() {
        return writer.waiting();
    }

    /** Runs a statement of another table on the one writer, in a commit of its own. */
    public void write(Writer.Work work) {
        writer.run(work);
    }

    /**
     * Writes a row and takes it back, each in a commit of its own.
     *
     * @throws StorageException if the database takes no writes
     */
    public void probe() {
        writer.run(connection -> execute(
                connection,
                "insert into idempotency (token, body_hash, search_id, created_at) values ('', '', '', 0)"));
        writer.run(connection -> execute(connection, "delete from idempotency where token = ''"));
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.executeUpdate();
        }
    }

    /** Writes what is waiting, then stops. */
    @Override
    public void close() {
        writer.close();
    }
}
