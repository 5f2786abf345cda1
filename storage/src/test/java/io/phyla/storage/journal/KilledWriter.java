package io.phyla.storage.journal;

import io.phyla.search.port.Journal.Entry;
import io.phyla.storage.database.Database;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** Appends for ever and prints the sequence number of every entry that is durable; made to be killed. */
public final class KilledWriter {

    private KilledWriter() {}

    public static void main(String[] args) {
        PrintStream out = System.out;
        Database database = Database.open(Path.of(args[0]));
        H2Journal journal = new H2Journal(database);
        List<Entry> entries = Samples.entries(100_000, 77);
        long[] last = {0};
        if (journal.unfinished().isEmpty()) {
            journal.create(Samples.header("k"));
        }
        journal.replay("k", 0, entry -> last[0] = entry.sequence());
        for (int from = (int) last[0]; from < entries.size(); from += 7) {
            List<Entry> part = entries.subList(from, Math.min(entries.size(), from + 7));
            journal.append("k", part).thenRun(() -> {
                out.println(part.getLast().sequence());
                out.flush();
            });
        }
    }
}
