package io.phyla.search.run;

import io.phyla.search.document.SearchSetup;
import io.phyla.search.port.Journal;
import io.phyla.search.progress.Summary;
import io.phyla.spaces.schema.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** A journal that lives as long as the object: it stands for a database in tests of the run loop. */
final class MemoryJournal implements Journal {

    private final Map<String, Header> headers = new HashMap<>();
    private final Map<String, List<Entry>> entries = new HashMap<>();
    private final Map<String, Snapshot> snapshots = new HashMap<>();
    private CompletableFuture<Void> durable = CompletableFuture.completedFuture(null);

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
        return durable;
    }

    /** What is appended from now on is not called durable before it is let go. */
    synchronized void hold() {
        durable = new CompletableFuture<>();
    }

    void letGo() {
        durable.complete(null);
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

    /** The same journal, cut, of a search with another document whose every entry was written after an hour. */
    synchronized MemoryJournal late(String search, int length, SearchSetup setup) {
        Header header = Objects.requireNonNull(headers.get(search));
        MemoryJournal copy = new MemoryJournal();
        copy.create(new Header(
                search, header.name(), Json.MAPPER.valueToTree(setup.document()).toString(), header.createdAt()));
        for (Entry entry : entries.get(search).subList(0, length)) {
            Summary later = entry.summary().withSeconds(3600);
            copy.entries
                    .get(search)
                    .add(
                            switch (entry) {
                                case Entry.CandidateDone done ->
                                    new Entry.CandidateDone(
                                            done.sequence(), done.candidate(), done.joined(), done.left(), later);
                                case Entry.FinalDone done ->
                                    new Entry.FinalDone(
                                            done.sequence(), done.evaluation(), done.done(), done.total(), later);
                                case Entry.StateChanged changed ->
                                    new Entry.StateChanged(
                                            changed.sequence(), changed.state(), changed.reason(), changed.at(), later);
                            });
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

    synchronized boolean holds(String search) {
        return headers.containsKey(search);
    }

    @Override
    public synchronized void delete(String search) {
        headers.remove(search);
        entries.remove(search);
    }
}
