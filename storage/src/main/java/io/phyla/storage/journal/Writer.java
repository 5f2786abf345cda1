package io.phyla.storage.journal;

import io.phyla.search.port.Journal.Entry;
import io.phyla.search.port.Journal.Entry.StateChanged;
import io.phyla.storage.database.Database;
import io.phyla.storage.database.StorageException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that writes. It takes whatever is waiting and commits it together, so that company costs nothing and
 * nobody waits for company that is not there. After a failed commit it refuses everything: what was acknowledged stays
 * true, and nothing is half written.
 */
public final class Writer implements AutoCloseable {

    private static final int MOST_WAITING = 10_000;
    private static final int MOST_TOGETHER = 512;

    private final LinkedBlockingQueue<Job> queue = new LinkedBlockingQueue<>(MOST_WAITING);
    private final Database database;
    private final Thread thread;
    private final Map<String, Integer> sids = new HashMap<>();
    private volatile @Nullable Throwable broken;
    private volatile boolean closed;

    /** Statements to run in a transaction. */
    @FunctionalInterface
    public interface Work {
        void run(Connection connection) throws SQLException;
    }

    private sealed interface Job {

        CompletableFuture<Void> done();

        record Append(String search, List<Entry> entries, CompletableFuture<Void> done) implements Job {}

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

    /** Runs work in a transaction of its own and waits for it. */
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

    private CompletableFuture<Void> put(Job job) {
        Throwable fault = broken;
        if (closed || fault != null) {
            return CompletableFuture.failedFuture(new IllegalStateException(
                    fault == null ? "the journal is closed" : "the journal failed earlier: " + fault.getMessage(),
                    fault));
        }
        try {
            queue.put(job);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return CompletableFuture.failedFuture(e);
        }
        return job.done();
    }

    int waiting() {
        return queue.size();
    }

    private void loop() {
        try (Connection connection = database.writer();
                Inserts inserts = new Inserts(connection, database.metrics())) {
            List<Job> waiting = new ArrayList<>();
            boolean open = true;
            while (open) {
                waiting.clear();
                waiting.add(queue.take());
                queue.drainTo(waiting, MOST_TOGETHER);
                open = waiting.stream().noneMatch(Job.Close.class::isInstance);
                work(connection, inserts, waiting);
            }
        } catch (SQLException | InterruptedException | RuntimeException e) {
            broken = e;
        } finally {
            Throwable fault = broken == null ? new IllegalStateException("the journal is closed") : broken;
            queue.forEach(job -> job.done().completeExceptionally(fault));
        }
    }

    /** Appends that wait side by side share a commit; other work has one of its own. */
    private void work(Connection connection, Inserts inserts, List<Job> jobs) throws SQLException {
        List<Job.Append> together = new ArrayList<>();
        for (Job job : jobs) {
            switch (job) {
                case Job.Append append -> together.add(append);
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

    private static void run(Connection connection, Job.Other other) throws SQLException {
        try {
            other.work().run(connection);
            connection.commit();
            other.done().complete(null);
        } catch (SQLException e) {
            connection.rollback();
            other.done().completeExceptionally(new StorageException("writing", e));
        } catch (RuntimeException e) {
            connection.rollback();
            other.done().completeExceptionally(e);
        }
    }

    private void commit(Connection connection, Inserts inserts, List<Job.Append> jobs) throws SQLException {
        if (jobs.isEmpty()) {
            return;
        }
        try {
            insert(connection, inserts, jobs);
            connection.commit();
        } catch (SQLException | RuntimeException e) {
            broken = e;
            Throwable fault = e instanceof SQLException sql ? new StorageException("writing the journal", sql) : e;
            jobs.forEach(job -> job.done().completeExceptionally(fault));
            connection.rollback();
            throw e;
        }
        jobs.forEach(job -> job.done().complete(null));
        jobs.clear();
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

    @Override
    public void close() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        if (!closed && broken == null) {
            put(new Job.Close(done));
            closed = true;
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
