package io.phyla.storage.journal;

import io.phyla.search.port.Journal.Entry;
import io.phyla.search.port.Journal.Entry.StateChanged;
import io.phyla.storage.database.Database;
import io.phyla.storage.database.StorageException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes. It takes whatever is waiting and commits it together, so that company costs nothing and
 * nobody waits for company that is not there. After a failed commit it refuses everything: what was acknowledged stays
 * true, nothing is half written, and whoever waited is told.
 */
public final class Writer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
    private static final int MOST_WAITING = 10_000;
    private static final int MOST_TOGETHER = 512;

    private final LinkedBlockingQueue<Job> queue = new LinkedBlockingQueue<>(MOST_WAITING);
    private final Database database;
    private final Thread thread;
    private final Map<String, Integer> sids = new HashMap<>();
    private final AtomicLong commits = new AtomicLong();
    private volatile @Nullable StorageException failure;
    private volatile @Nullable StorageException refusal;

    /** Statements to run in a transaction. */
    @FunctionalInterface
    public interface Work {
        void run(Connection connection) throws SQLException;
    }

    private sealed interface Job {

        CompletableFuture<Void> done();

        record Append(String search, List<Entry> entries, CompletableFuture<Void> done) implements Job {}

        record Shared(Work work, CompletableFuture<Void> done) implements Job {}

        record Other(Work work, CompletableFuture<Void> done) implements Job {}

        record Close(CompletableFuture<Void> done) implements Job {}
    }

    Writer(Database database) {
        this.database = database;
        thread = Thread.ofPlatform().name("journal").start(this::loop);
    }

    CompletionStage<Void> append(String search, List<Entry> entries) {
        return put(new Job.Append(search, entries, new CompletableFuture<>()));
    }

    /** Runs work in a transaction that others may share; returns at once. */
    CompletionStage<Void> share(Work work) {
        return put(new Job.Shared(work, new CompletableFuture<>()));
    }

    /**
     * Runs work in a transaction of its own and waits for it.
     *
     * @throws StorageException if the database refused it, or takes nothing any more
     */
    void run(Work work) {
        try {
            put(new Job.Other(work, new CompletableFuture<>())).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof StorageException storage) {
                throw storage;
            }
            throw e;
        }
    }

    /** Looks at the refusal again after the job is in: the thread may have emptied the queue for the last time between. */
    private CompletableFuture<Void> put(Job job) {
        StorageException refused = refusal;
        if (refused == null) {
            try {
                queue.put(job);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return CompletableFuture.failedFuture(e);
            }
            refused = refusal;
        }
        if (refused != null) {
            job.done().completeExceptionally(refused);
        }
        return job.done();
    }

    int waiting() {
        return queue.size();
    }

    /** How often something was made durable. */
    long commits() {
        return commits.get();
    }

    /** Why nothing can be written any more; null while all is well. */
    @Nullable
    StorageException failure() {
        return failure;
    }

    private void loop() {
        List<Job> taken = new ArrayList<>();
        try (Connection connection = database.writer();
                Inserts inserts = new Inserts(connection, database.metrics())) {
            boolean open = true;
            while (open) {
                taken.clear();
                taken.add(queue.take());
                queue.drainTo(taken, MOST_TOGETHER);
                open = taken.stream().noneMatch(Job.Close.class::isInstance);
                work(connection, inserts, taken);
            }
        } catch (SQLException | InterruptedException | RuntimeException | Error e) {
            failure = new StorageException(
                    "the journal takes nothing since it failed (" + reason(e) + "); start the service again", e);
        }
        StorageException failed = failure;
        refuse(taken, failed == null ? new StorageException("the journal is closed", (Throwable) null) : failed);
        if (failed != null) {
            LOG.error("nothing can be written any more", failed);
        }
    }

    /** Ends what was taken and what still waits; whoever comes later sees the refusal. */
    private void refuse(List<Job> taken, StorageException why) {
        refusal = why;
        queue.drainTo(taken);
        taken.forEach(job -> job.done().completeExceptionally(why));
    }

    /** What lies at the bottom, such as "No space left on device". */
    private static String reason(Throwable fault) {
        Throwable bottom = fault;
        for (int depth = 0; bottom.getCause() != null && depth < 20; depth++) {
            bottom = bottom.getCause();
        }
        return bottom.getMessage() == null ? bottom.toString() : bottom.getMessage();
    }

    /** Appends and shared work that wait side by side share a commit; other work has one of its own. */
    private void work(Connection connection, Inserts inserts, List<Job> jobs) throws SQLException {
        Together together = new Together(new ArrayList<>(), new ArrayList<>());
        for (Job job : jobs) {
            switch (job) {
                case Job.Append append -> together.appends().add(append);
                case Job.Shared shared -> together.shared().add(shared);
                case Job.Other other -> {
                    commit(connection, inserts, together);
                    run(connection, other);
                }
                case Job.Close close -> {
                    commit(connection, inserts, together);
                    close.done().complete(null);
                }
            }
        }
        commit(connection, inserts, together);
    }

    /** Statements may fail and be taken back; a commit or a rollback that fails is the end. */
    private void run(Connection connection, Job.Other other) throws SQLException {
        try {
            other.work().run(connection);
        } catch (SQLException e) {
            connection.rollback();
            other.done().completeExceptionally(new StorageException("writing", e));
            return;
        } catch (RuntimeException e) {
            connection.rollback();
            other.done().completeExceptionally(e);
            return;
        }
        connection.commit();
        commits.incrementAndGet();
        other.done().complete(null);
    }

    private record Together(List<Job.Append> appends, List<Job.Shared> shared) {}

    /** What fails here is not acknowledged, and taken back when the connection closes. */
    private void commit(Connection connection, Inserts inserts, Together jobs) throws SQLException {
        if (jobs.appends().isEmpty() && jobs.shared().isEmpty()) {
            return;
        }
        insert(connection, inserts, jobs.appends());
        List<Job> written = new ArrayList<>(jobs.appends());
        for (Job.Shared each : jobs.shared()) {
            if (runs(connection, each)) {
                written.add(each);
            }
        }
        connection.commit();
        commits.incrementAndGet();
        written.forEach(job -> job.done().complete(null));
        jobs.appends().clear();
        jobs.shared().clear();
    }

    /** Shared work that fails is taken back alone. */
    private static boolean runs(Connection connection, Job.Shared job) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            job.work().run(connection);
            return true;
        } catch (SQLException e) {
            connection.rollback(before);
            job.done().completeExceptionally(new StorageException("writing", e));
        } catch (RuntimeException e) {
            connection.rollback(before);
            job.done().completeExceptionally(e);
        }
        return false;
    }

    private void insert(Connection connection, Inserts inserts, List<Job.Append> jobs) throws SQLException {
        Map<Integer, Entry> newest = new LinkedHashMap<>();
        Map<Integer, StateChanged> changes = new HashMap<>();
        for (Job.Append job : jobs) {
            int sid = sid(connection, job.search());
            for (Entry entry : job.entries()) {
                inserts.add(sid, entry);
                newest.put(sid, entry);
                if (entry instanceof StateChanged changed) {
                    changes.put(sid, changed);
                }
            }
        }
        for (Map.Entry<Integer, Entry> each : newest.entrySet()) {
            inserts.summarise(each.getKey(), each.getValue(), changes.get(each.getKey()));
        }
        inserts.send();
    }

    private int sid(Connection connection, String search) throws SQLException {
        Integer known = sids.get(search);
        if (known == null) {
            known = EntryReader.sid(connection, search)
                    .orElseThrow(() -> new SQLException("there is no search " + search));
            sids.put(search, known);
        }
        return known;
    }

    /** For work of this writer that gives an identifier free. */
    void forget(String search) {
        sids.remove(search);
    }

    /** Writes what is waiting, then stops. */
    @Override
    public void close() {
        put(new Job.Close(new CompletableFuture<>()));
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
