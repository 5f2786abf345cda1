package io.phyla.search.run;

import io.phyla.search.port.Journal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** A journal that lives as long as the object: it stands for a database in tests of the run loop. */
final class MemoryJournal implements Journal {

    private final Map<String, Header> headers = new HashMap<>();
    private final Map<String, List<Entry>> entries = new HashMap<>();
    private final Map<String, Snapshot> snapshots = new HashMap<>();

    @Override
    public synchronized void create(Header header) {
        headers.put(header.id(), header);
        entries.put(header.id(), new ArrayList<>());
    }

    @Override
    public synchronized List<Header> unfinished() {
        return headers.values().stream()
                .filter(header -> entries.get(header.id()).stream()
                        .noneMatch(each -> each instanceof Entry.StateChanged changed
                                && changed.state().ended()))
                .toList();
    }

    @Override
    public synchronized CompletionStage<Void> append(String search, List<Entry> fresh) {
        List<Entry> all = entries.get(search);
        for (Entry entry : fresh) {
            if (entry.sequence() != all.size() + 1) {
                return CompletableFuture.failedFuture(
                        new IllegalStateException("entry " + entry.sequence() + " after " + all.size()));
            }
            all.add(entry);
        }
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void replay(String search, long after, Consumer<Entry> consumer) {
        entries(search).stream().filter(each -> each.sequence() > after).forEach(consumer);
    }

    synchronized List<Entry> entries(String search) {
        return List.copyOf(entries.get(search));
    }

    /** The same journal as a crash would leave it after so many entries. */
    synchronized MemoryJournal cut(String search, int length, boolean withSnapshot) {
        MemoryJournal copy = new MemoryJournal();
        copy.create(headers.get(search));
        copy.entries.get(search).addAll(entries.get(search).subList(0, length));
        Snapshot snapshot = snapshots.get(search);
        if (withSnapshot && snapshot != null && snapshot.sequence() <= length) {
            copy.snapshots.put(search, snapshot);
        }
        return copy;
    }

    @Override
    public synchronized Optional<Snapshot> snapshot(String search) {
        return Optional.ofNullable(snapshots.get(search));
    }

    @Override
    public synchronized void save(String search, Snapshot snapshot) {
        snapshots.put(search, snapshot);
    }

    @Override
    public synchronized void delete(String search) {
        headers.remove(search);
        entries.remove(search);
    }
}
