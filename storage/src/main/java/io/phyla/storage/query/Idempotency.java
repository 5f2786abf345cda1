package io.phyla.storage.query;

import io.phyla.storage.database.Database;
import io.phyla.storage.database.Sql;
import io.phyla.storage.journal.H2Journal;
import java.time.Duration;
import java.util.Optional;

/** Which creating request made what, so that a repeated request makes nothing twice. Kept for a day. */
public final class Idempotency {

    private static final Duration KEPT = Duration.ofHours(24);

    private final Sql sql;
    private final H2Journal journal;

    public Idempotency(Database database, H2Journal journal) {
        sql = new Sql(database);
        this.journal = journal;
    }

    /** What a key was used for. */
    public record Use(String bodyHash, String madeId) {}

    public Optional<Use> find(String key) {
        long oldest = System.currentTimeMillis() - KEPT.toMillis();
        return sql
                .connected(connection -> Sql.select(
                        connection,
                        "select body_hash, search_id from idempotency where token = ? and created_at >= ?",
                        row -> new Use(row.getString(1), row.getString(2)),
                        key,
                        oldest))
                .stream()
                .findFirst();
    }

    /** Keeps a key's use and forgets those older than a day; durable when this returns. */
    public void remember(String key, Use use) {
        long now = System.currentTimeMillis();
        journal.write(connection -> {
            Sql.update(connection, "delete from idempotency where created_at < ?", now - KEPT.toMillis());
            Sql.update(
                    connection,
                    "insert into idempotency (token, body_hash, search_id, created_at) values (?, ?, ?, ?)",
                    key,
                    use.bodyHash(),
                    use.madeId(),
                    now);
        });
    }
}
