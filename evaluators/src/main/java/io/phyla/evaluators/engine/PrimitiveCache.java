package io.phyla.evaluators.engine;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Kernels by specification, shared by all plans of the process: a search compiles thousands of networks from the same few
 * layers, and compiling a kernel takes a thousand times as long as finding it. The least recently used go first; what a plan
 * still uses stays, above the capacity if need be.
 */
final class PrimitiveCache {

    static final PrimitiveCache SHARED = new PrimitiveCache(512);

    private final int capacity;
    private final Map<Kernels.Specification<?>, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

    private static final class Entry {
        final Kernels kernels;
        final Natives natives;
        int users;

        Entry(Kernels kernels, Natives natives) {
            this.kernels = kernels;
            this.natives = natives;
        }
    }

    PrimitiveCache(int capacity) {
        this.capacity = capacity;
    }

    /** Each call needs one {@link #release}. */
    @SuppressWarnings("unchecked") // an entry holds what its own specification made
    synchronized <K extends Kernels> K acquire(Kernels.Specification<K> specification) {
        Entry entry = entries.get(specification);
        if (entry == null) {
            entry = compile(specification);
            entries.put(specification, entry);
        }
        entry.users++;
        return (K) entry.kernels;
    }

    synchronized void release(Kernels.Specification<?> specification) {
        Entry released = entries.get(specification);
        if (released == null || released.users == 0) {
            throw new IllegalStateException("released more often than acquired: " + specification);
        }
        released.users--;
        Iterator<Entry> oldest = entries.values().iterator();
        for (int surplus = entries.size() - capacity; surplus > 0 && oldest.hasNext(); ) {
            Entry entry = oldest.next();
            if (entry.users == 0) {
                entry.natives.close();
                oldest.remove();
                surplus--;
            }
        }
    }

    synchronized int size() {
        return entries.size();
    }

    private static Entry compile(Kernels.Specification<?> specification) {
        Natives natives = new Natives();
        try {
            return new Entry(specification.create(natives), natives);
        } catch (RuntimeException e) {
            natives.close();
            throw new IllegalStateException("no kernel for " + specification + ": " + e.getMessage(), e);
        } catch (Error e) {
            natives.close();
            throw e;
        }
    }
}
