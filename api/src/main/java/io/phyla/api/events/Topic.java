package io.phyla.api.events;

import io.phyla.search.port.Sequenced;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * The newest entries of one search or training, shared by all its readers. Nobody holds the lock while reading or writing anything
 * outside: neither a reader nor whoever publishes waits for another reader.
 */
final class Topic<E extends Sequenced> {

    private static final int KEPT = 1024;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private final ArrayDeque<E> newest = new ArrayDeque<>();

    /** Adds a durable entry; never waits for readers. */
    void publish(E entry) {
        lock.lock();
        try {
            if (!newest.isEmpty() && newest.getLast().sequence() + 1 != entry.sequence()) {
                newest.clear();
            }
            newest.addLast(entry);
            if (newest.size() > KEPT) {
                newest.removeFirst();
            }
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Entries that follow the sequence number without a gap; empty if they must be looked up, or there are none. */
    List<E> after(long sequence, int limit) {
        lock.lock();
        try {
            List<E> found = new ArrayList<>();
            if (!newest.isEmpty() && newest.getFirst().sequence() <= sequence + 1) {
                for (E each : newest) {
                    if (each.sequence() > sequence && found.size() < limit) {
                        found.add(each);
                    }
                }
            }
            return found;
        } finally {
            lock.unlock();
        }
    }

    /** Lets everybody who waits look again. */
    void wake() {
        lock.lock();
        try {
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there is something after the sequence number; false if the time is up, or nobody wants it any more. */
    boolean await(long sequence, long millis, BooleanSupplier unwanted) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            while (newest.isEmpty() || newest.getLast().sequence() <= sequence) {
                if (left <= 0 || unwanted.getAsBoolean()) {
                    return false;
                }
                left = more.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }
}
