package io.phyla.api.export.delivery;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A directory of files that were made to be sent, by what they are made of, so that a download is resumed, repeated and revalidated
 * without making it again. It keeps so many bytes, and fewer where the disk gets full; what was not asked for longest goes first. It
 * forgets everything when it is opened.
 */
public final class Spool {

    private static final String SUFFIX = ".export";

    /** What exports leave to the database and to everybody else. */
    private static final long RESERVE = 256L << 20;

    private final Path directory;
    private final Disk disk;
    private final long mostBytes;
    private final long mostOfOne;
    private final Map<String, Entry> kept = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<String, CompletableFuture<Entry>> underWay = new HashMap<>();
    private long bytes;
    private long made;

    /** Writes a file whole; the stream stays open. */
    public interface Maker {
        void write(OutputStream out) throws IOException;
    }

    /** Bytes that can still be written. */
    interface Disk {
        long room() throws IOException;
    }

    /** The disk is as full as exports may make it. */
    static final class NoRoom extends IOException {
        private static final long serialVersionUID = 1;

        NoRoom() {
            super("the service's disk has less than " + (RESERVE >> 20) + " MiB left, which exports do not take");
        }
    }

    private static final class Entry {
        private final Path path;
        private final long bytes;
        private final String tag;
        private int readers;

        Entry(Path path, long bytes, String tag) {
            this.path = path;
            this.bytes = bytes;
            this.tag = tag;
        }
    }

    /** A file that stays until it is released. */
    public record Held(Path path, long bytes, String tag, Runnable release) {}

    /**
     * @param directory nobody else's
     * @param mostBytes what is kept, but for files that are being sent
     * @param mostOfOne largest file that is made
     */
    public Spool(Path directory, long mostBytes, long mostOfOne) throws IOException {
        this(
                directory,
                mostBytes,
                mostOfOne,
                () -> Files.getFileStore(directory).getUsableSpace());
    }

    Spool(Path directory, long mostBytes, long mostOfOne, Disk disk) throws IOException {
        this.directory = directory;
        this.disk = disk;
        this.mostBytes = mostBytes;
        this.mostOfOne = mostOfOne;
        Files.createDirectories(directory);
        try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            for (Path each : left) {
                Files.delete(each);
            }
        }
    }

    /**
     * The file of this identity, made now if it is not there; whoever asks for one that is being made waits for it.
     *
     * @throws BoundedOutput.TooLarge if it would be larger than one may be
     */
    public Held get(String identity, Maker maker) throws IOException {
        CompletableFuture<Entry> mine = new CompletableFuture<>();
        CompletableFuture<Entry> others;
        synchronized (this) {
            Entry known = kept.get(identity);
            if (known != null) {
                return hold(known);
            }
            others = underWay.putIfAbsent(identity, mine);
        }
        if (others != null) {
            return await(others, identity, maker);
        }
        try {
            Entry entry = make(maker);
            synchronized (this) {
                underWay.remove(identity);
                kept.put(identity, entry);
                bytes += entry.bytes;
                Held held = hold(entry);
                makeRoom();
                mine.complete(entry);
                return held;
            }
        } catch (IOException | RuntimeException | Error e) {
            synchronized (this) {
                underWay.remove(identity);
            }
            mine.completeExceptionally(e);
            throw e;
        }
    }

    /** What somebody else makes; if it has gone again at once, it is made anew. */
    private Held await(CompletableFuture<Entry> others, String identity, Maker maker) throws IOException {
        try {
            others.join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case IOException fault -> throw fault;
                case RuntimeException fault -> throw fault;
                case null, default -> throw e;
            }
        }
        return get(identity, maker);
    }

    private Entry make(Maker maker) throws IOException {
        Path file;
        synchronized (this) {
            file = directory.resolve(made++ + SUFFIX);
        }
        try (BoundedOutput out = new BoundedOutput(Files.newOutputStream(file), mostOfOne, this::checkRoom)) {
            maker.write(out);
            out.flush();
            return new Entry(file, out.bytes(), out.tag());
        } catch (IOException | RuntimeException | Error e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    private Held hold(Entry entry) {
        entry.readers++;
        AtomicBoolean released = new AtomicBoolean();
        return new Held(entry.path, entry.bytes, entry.tag, () -> {
            if (released.compareAndSet(false, true)) {
                release(entry);
            }
        });
    }

    private synchronized void release(Entry entry) {
        entry.readers--;
        makeRoom();
    }

    private void makeRoom() {
        Iterator<Entry> oldest = kept.values().iterator();
        while (bytes > mostBytes && oldest.hasNext()) {
            try {
                drop(oldest);
            } catch (IOException e) {
                throw new UncheckedIOException("an export cannot be deleted", e);
            }
        }
    }

    /** Where the disk is full, nobody needs what is not being sent. */
    private void checkRoom() throws IOException {
        if (disk.room() < RESERVE) {
            synchronized (this) {
                Iterator<Entry> oldest = kept.values().iterator();
                while (disk.room() < RESERVE && oldest.hasNext()) {
                    drop(oldest);
                }
            }
            if (disk.room() < RESERVE) {
                throw new NoRoom();
            }
        }
    }

    private void drop(Iterator<Entry> next) throws IOException {
        Entry entry = next.next();
        if (entry.readers == 0) {
            next.remove();
            bytes -= entry.bytes;
            Files.deleteIfExists(entry.path);
        }
    }
}
