package io.phyla.evaluators.program;

import io.phyla.search.port.Journal;
import io.phyla.search.progress.SearchState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** The journal of one search in memory, which can be cut as a kill would leave it. */
final class KeptJournal implements Journal {

    private final List<Header> headers = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();

    synchronized KeptJournal cut(int length) {
        KeptJournal copy = new KeptJournal();
        copy.headers.addAll(headers);
        copy.entries.addAll(entries.subList(0, length));
        return copy;
    }

    synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }

    @Override
    public synchronized void create(Header header) {
        headers.add(header);
    }

    @Override
    public synchronized List<Header> unfinished() {
        boolean ended = !entries.isEmpty()
                && entries.getLast() instanceof Entry.StateChanged changed
                && changed.state() != SearchState.RUNNING;
        return ended ? List.of() : List.copyOf(headers);
    }

    @Override
    public synchronized CompletionStage<Void> append(String search, List<Entry> fresh) {
        entries.addAll(fresh);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void replay(String search, long after, Consumer<Entry> consumer) {
        entries().stream().filter(each -> each.sequence() > after).forEach(consumer);
    }

    @Override
    public Optional<Snapshot> snapshot(String search) {
        return Optional.empty();
    }

    @Override
    public void save(String search, Snapshot snapshot) {
        throw new IllegalStateException("these searches are too short for a snapshot");
    }

    @Override
    public void delete(String search) {
        throw new IllegalStateException("nobody deletes this search");
    }
}
