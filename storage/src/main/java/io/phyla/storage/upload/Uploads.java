package io.phyla.storage.upload;

import io.phyla.storage.database.Database;
import io.phyla.storage.database.Sql;
import io.phyla.storage.journal.H2Journal;
import io.phyla.storage.query.Cursor;
import io.phyla.storage.query.Page;
import io.phyla.storage.query.Pages;
import io.phyla.storage.upload.Upload.Kind;
import io.phyla.storage.upload.Upload.Usage;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Uploads in the database: never changed, found by the hash of their content. */
public final class Uploads {

    private static final String COLUMNS = "uid, id, name, bytes, created_at, description";

    private final Sql sql;
    private final H2Journal journal;

    public Uploads(Database database, H2Journal journal) {
        sql = new Sql(database);
        this.journal = journal;
    }

    private record Row(int uid, String id, String name, long bytes, long createdAt, String description) {}

    /** Keeps an upload, durable when this returns; one of the same kind and content that is there stays as it is. */
    public void add(Upload upload) {
        journal.write(connection -> {
            if (uid(connection, upload.kind(), upload.id()).isEmpty()) {
                insert(connection, upload);
            }
        });
    }

    private static void insert(Connection connection, Upload upload) throws SQLException {
        Sql.update(
                connection,
                "insert into upload (kind, id, name, bytes, created_at, description) values (?, ?, ?, ?, ?, ?)",
                upload.kind().word(),
                upload.id(),
                upload.name(),
                upload.bytes(),
                upload.createdAt(),
                upload.description());
        int uid = uid(connection, upload.kind(), upload.id()).orElseThrow();
        for (String content : upload.contents()) {
            Sql.update(connection, "insert into upload_content (uid, sha256) values (?, ?)", uid, content);
        }
    }

    private static Optional<Integer> uid(Connection connection, Kind kind, String id) throws SQLException {
        return Sql.select(
                        connection,
                        "select uid from upload where kind = ? and id = ?",
                        row -> row.getInt(1),
                        kind.word(),
                        id)
                .stream()
                .findFirst();
    }

    public Optional<Upload> find(Kind kind, String id) {
        return sql.connected(connection -> {
            List<Row> rows = Sql.select(
                    connection,
                    "select " + COLUMNS + " from upload where kind = ? and id = ?",
                    Uploads::row,
                    kind.word(),
                    id);
            return rows.isEmpty() ? Optional.empty() : Optional.of(upload(connection, kind, rows.getFirst()));
        });
    }

    /** Newest first. */
    public Page<Upload> list(Kind kind, @Nullable String cursor, int limit) {
        Cursor.Newest after = Cursor.newest(cursor);
        record Listed(int uid, Upload upload) {}
        List<Listed> listed = sql.connected(connection -> {
            List<Row> rows = Sql.select(
                    connection,
                    "select " + COLUMNS + " from upload where kind = ? and created_at <= ?"
                            + " and (created_at < ? or uid < ?) order by kind desc, created_at desc, uid desc limit ?",
                    Uploads::row,
                    kind.word(),
                    after.createdAt(),
                    after.createdAt(),
                    after.row(),
                    limit + 1);
            List<Listed> found = new ArrayList<>();
            for (Row row : rows) {
                found.add(new Listed(row.uid(), upload(connection, kind, row)));
            }
            return found;
        });
        return Pages.cut(
                listed,
                limit,
                Listed::upload,
                last -> new Cursor.Newest(last.upload().createdAt(), last.uid()).write());
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getInt("uid"),
                row.getString("id"),
                row.getString("name"),
                row.getLong("bytes"),
                row.getLong("created_at"),
                row.getString("description"));
    }

    private static Upload upload(Connection connection, Kind kind, Row row) throws SQLException {
        Set<String> contents = new LinkedHashSet<>(Sql.select(
                connection, "select sha256 from upload_content where uid = ?", it -> it.getString(1), row.uid()));
        return new Upload(kind, row.id(), row.name(), row.bytes(), row.createdAt(), row.description(), contents);
    }

    /** Forgets an upload; its files are the caller's business: see {@link #othersUse}. */
    public void delete(Kind kind, String id) {
        journal.write(connection -> {
            Optional<Integer> uid = uid(connection, kind, id);
            if (uid.isPresent()) {
                Sql.update(connection, "delete from upload_content where uid = ?", uid.get());
                Sql.update(connection, "delete from upload where uid = ?", uid.get());
            }
        });
    }

    /** Whether a file is needed by another upload than this, or is a training's weights. */
    public boolean othersUse(Upload upload, String sha256) {
        return sql.connected(connection -> !Sql.select(
                                connection,
                                "select c.uid from upload_content c join upload u on u.uid = c.uid where c.sha256 = ?"
                                        + " and not (u.kind = ? and u.id = ?) limit 1",
                                row -> row.getInt(1),
                                sha256,
                                upload.kind().word(),
                                upload.id())
                        .isEmpty()
                || !Sql.select(
                                connection,
                                "select tid from training where weights = ? limit 1",
                                row -> row.getInt(1),
                                sha256)
                        .isEmpty());
    }

    /** A search or training that has not ended and names a content, in words; only those that have not ended are read. */
    public Optional<String> user(String sha256) {
        String naming = "%" + sha256 + "%";
        return sql.connected(connection -> {
            List<String> users = new ArrayList<>(Sql.select(
                    connection,
                    "select id from search where state in ('running', 'paused') and deleted = false"
                            + " and document like ? limit 1",
                    row -> "search " + row.getString(1),
                    naming));
            users.addAll(Sql.select(
                    connection,
                    "select id from training where state in ('waiting', 'running', 'paused') and deleted = false"
                            + " and settings like ? limit 1",
                    row -> "training " + row.getString(1),
                    naming));
            return users.stream().findFirst();
        });
    }

    /** Whether a file is needed by an upload. */
    public static boolean uses(Connection connection, String sha256) throws SQLException {
        return !Sql.select(
                        connection,
                        "select uid from upload_content where sha256 = ? limit 1",
                        row -> row.getInt(1),
                        sha256)
                .isEmpty();
    }

    /** How many uploads of a kind there are, and how large they are together; bounded by how many may be added. */
    public Usage usage(Kind kind) {
        return sql.connected(connection -> Sql.select(
                        connection,
                        "select count(*), coalesce(sum(bytes), 0) from upload where kind = ?",
                        row -> new Usage(row.getLong(1), row.getLong(2)),
                        kind.word()))
                .getFirst();
    }
}
