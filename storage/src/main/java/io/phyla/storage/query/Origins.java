package io.phyla.storage.query;

import io.phyla.storage.database.Database;
import io.phyla.storage.database.Sql;
import io.phyla.storage.journal.H2Journal;
import java.util.Optional;

/** What searches were started with: program, evaluators and data as they were then, as JSON. */
public final class Origins {

    private final Sql sql;
    private final H2Journal journal;

    public Origins(Database database, H2Journal journal) {
        sql = new Sql(database);
        this.journal = journal;
    }

    public Optional<String> find(String search) {
        return sql
                .connected(connection -> Sql.select(
                        connection,
                        "select origin from search_origin where search_id = ?",
                        row -> row.getString(1),
                        search))
                .stream()
                .findFirst();
    }

    /** Keeps a search's origin, also of one that is yet to be made; durable when this returns. */
    public void keep(String search, String origin) {
        journal.write(connection -> {
            Sql.update(connection, "delete from search_origin where search_id = ?", search);
            Sql.update(connection, "insert into search_origin (search_id, origin) values (?, ?)", search, origin);
        });
    }
}
